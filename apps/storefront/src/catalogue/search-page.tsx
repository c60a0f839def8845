import { PageHeading, PageMeta } from '@florin/ui';
import { useIntl } from 'react-intl';
import { useLocation, useSearchParams } from 'react-router';
import { Breadcrumb } from './breadcrumb.tsx';
import css from './list.module.css';
import { readListState } from './list-state.ts';
import { ProductList } from './product-list.tsx';

/** What a search finds; all products without words. */
export function Page() {
  const intl = useIntl();
  const { search } = useLocation();
  const [parameters] = useSearchParams();
  const { q } = readListState(parameters);
  const title =
    q === '' ? intl.formatMessage({ id: 'catalogue.search.all' }) : intl.formatMessage({ id: 'catalogue.search.results' }, { q });
  return (
    <div className={css['page']}>
      <PageMeta
        description={intl.formatMessage({ id: 'catalogue.search.allDescription' })}
        path="/search"
        isIndexed={search === ''}
      />
      <Breadcrumb above={[]} here={title} />
      <PageHeading title={title}>
        <bdi>{title}</bdi>
      </PageHeading>
      <ProductList />
    </div>
  );
}
