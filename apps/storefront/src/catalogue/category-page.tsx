import { PageHeading, PageMeta, ProblemNotice } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useLocation, useParams } from 'react-router';
import { Page as NotFoundPage } from '../shell/not-found-page.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { type CategoryNode, findCategory } from './category-index.ts';
import css from './list.module.css';
import { ListSkeleton } from './list-skeleton.tsx';
import { metaDescription } from './meta-description.ts';
import { ProductList } from './product-list.tsx';
import { useCategories } from './use-categories.ts';

/** A category by its address, with its subcategories and the products of all of them. */
export function Page() {
  const { '*': slugs = '' } = useParams();
  const { data: categories, error, refetch } = useCategories();
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (categories === undefined) return <ListSkeleton />;
  const category = findCategory(categories, slugs);
  return category === undefined ? <NoCategory /> : <CategoryPage key={category.id} category={category} />;
}

function NoCategory() {
  return (
    <>
      <PageMeta isIndexed={false} />
      <NotFoundPage />
    </>
  );
}

function CategoryPage({ category }: { category: CategoryNode }) {
  const intl = useIntl();
  const { search } = useLocation();
  const { name, description, path, above, children } = category;
  const summary = description === '' ? intl.formatMessage({ id: 'catalogue.category.description' }, { name }) : description;
  return (
    <div className={css['page']}>
      <PageMeta description={metaDescription(summary)} path={path} isIndexed={search === ''} />
      <Breadcrumb above={above} here={name} />
      <PageHeading title={name}>
        <bdi>{name}</bdi>
      </PageHeading>
      {description !== '' && (
        <p className={css['lead']} dir="auto">
          {description}
        </p>
      )}
      {children.length > 0 && (
        <nav aria-label={intl.formatMessage({ id: 'catalogue.category.sub' })}>
          <ul className={css['tiles']}>
            {children.map((child) => (
              <li key={child.id}>
                <Link to={child.path}>
                  <bdi>{child.name}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <ProductList category={category} />
    </div>
  );
}
