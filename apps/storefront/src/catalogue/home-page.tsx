import { buttonClass, PageHeading, PageMeta, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './home.module.css';
import { ProductRow } from './product-row.tsx';
import { useCategories } from './use-categories.ts';
import { useNewest } from './use-newest.ts';

/** The shop's first page: its categories, what is new, and rows of what the staff have tagged. */
export function Page() {
  const intl = useIntl();
  return (
    <div className={css['page']}>
      <PageMeta description={intl.formatMessage({ id: 'catalogue.home.description' })} path="/" />
      <div className={css['hero']}>
        <PageHeading title={intl.formatMessage({ id: 'catalogue.home.title' })} />
        <p>{intl.formatMessage({ id: 'catalogue.home.lead' })}</p>
        <Link to="/search" className={buttonClass('primary')}>
          {intl.formatMessage({ id: 'shell.allProducts' })}
        </Link>
      </div>
      <CategoryTiles />
      <Rows />
    </div>
  );
}

function CategoryTiles() {
  const intl = useIntl();
  const { data, error } = useCategories();
  // Without the categories the products are still of use, and a fault of the service shows below.
  if (error !== null || data?.top.length === 0) return null;
  return (
    <section className={css['section']}>
      <h2>{intl.formatMessage({ id: 'shell.categories' })}</h2>
      {data === undefined ? (
        <div className={css['tilesBlank']} />
      ) : (
        <ul className={css['tiles']}>
          {data.top.map(({ id, name, description, path }) => (
            <li key={id}>
              <Link to={path}>
                <bdi className={css['tileName']}>{name}</bdi>
                {description !== '' && <bdi className={css['tileText']}>{description}</bdi>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Rows() {
  const intl = useIntl();
  const { data, error, refetch } = useNewest();
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data?.products.length === 0)
    return (
      <section className={css['empty']}>
        <h2>{intl.formatMessage({ id: 'catalogue.home.empty' })}</h2>
        <p>{intl.formatMessage({ id: 'catalogue.home.emptyText' })}</p>
      </section>
    );
  return (
    <>
      <ProductRow
        title={intl.formatMessage({ id: 'catalogue.home.new' })}
        to="/search?sort=newest"
        products={data?.products}
        eager={4}
      />
      {data === undefined ? <Skeleton lines={1} /> : data.tags.map((tag) => <TaggedRow key={tag} tag={tag} />)}
    </>
  );
}

function TaggedRow({ tag }: { tag: string }) {
  const { data, error } = useNewest(tag);
  // The rows above stand alone: one that fails is left out.
  if (error !== null || data?.products.length === 0) return null;
  return <ProductRow title={tag} to={`/search?${new URLSearchParams({ tag })}`} products={data?.products} />;
}
