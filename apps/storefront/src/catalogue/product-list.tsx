import { buttonClass, Notice, ProblemNotice } from '@florin/ui';
import { useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useSession } from '../session/index.ts';
import { ActiveFilters } from './active-filters.tsx';
import type { CategoryNode } from './category-index.ts';
import { FilterPanel } from './filter-panel.tsx';
import { activeFilters } from './find-active-filters.ts';
import css from './list.module.css';
import { changed, type ListState, listSearch, readListState } from './list-state.ts';
import { Pager } from './pager.tsx';
import { GridSkeleton, ProductGrid } from './product-grid.tsx';
import { SortSelect } from './sort-select.tsx';
import { isCursorLost, useProducts } from './use-products.ts';

type Props = {
  /** The category of the page. */
  category?: CategoryNode | undefined;
};

const EAGER_IMAGES = 4;

/** Filters, chips, order, cards and pages of a list. All of its state is in the address. */
export function ProductList({ category }: Props) {
  const intl = useIntl();
  const [parameters] = useSearchParams();
  const state = readListState(parameters);
  const { data, error, isPlaceholderData, refetch } = useProducts(state, category?.id);
  const isCursorFault = error !== null && isCursorLost(error);
  return (
    <div className={css['layout']}>
      <FilterPanel state={state} category={category} facets={data?.facets} />
      <section aria-label={intl.formatMessage({ id: 'catalogue.list.products' })} className={css['results']}>
        <div className={css['toolbar']}>
          <p role="status" className={css['count']}>
            {data !== undefined && intl.formatMessage({ id: 'catalogue.list.shown' }, { count: data.products.length })}
          </p>
          <SortSelect state={state} />
        </div>
        <ActiveFilters state={state} />
        <GuestLimit state={state} />
        {isCursorFault && <CursorLost state={state} />}
        {error !== null && !isCursorFault && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <GridSkeleton cards={12} />}
        {error === null && data !== undefined && (
          <>
            <PageTop state={state} />
            {data.products.length === 0 && <Empty state={state} isLast={data.nextCursor === null} />}
            <ProductGrid products={data.products} headingLevel={2} isBusy={isPlaceholderData} eager={EAGER_IMAGES} />
            <Pager state={state} nextCursor={data.nextCursor} />
          </>
        )}
      </section>
    </div>
  );
}

/** After "next page" the reader starts at the top of the list, with the keyboard too. */
function PageTop({ state: { cursor } }: { state: ListState }) {
  const top = useRef<HTMLDivElement>(null);
  const shown = useRef(cursor);
  const { state } = useLocation() as { state: { isPaged?: boolean } | null };
  useEffect(() => {
    if (shown.current === cursor) return;
    shown.current = cursor;
    if (state?.isPaged !== true) return;
    window.scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, [cursor, state]);
  return <div ref={top} tabIndex={-1} />;
}

function Empty({ state, isLast }: { state: ListState; isLast: boolean }) {
  const intl = useIntl();
  if (!isLast) return <p>{intl.formatMessage({ id: 'catalogue.empty.more' })}</p>;
  const isFiltered = state.q !== '' || activeFilters(state).length > 0;
  return (
    <div className={css['empty']}>
      <h2>{intl.formatMessage({ id: isFiltered ? 'catalogue.empty.title' : 'catalogue.home.empty' })}</h2>
      <p>{intl.formatMessage({ id: isFiltered ? 'catalogue.empty.text' : 'catalogue.empty.category' })}</p>
      <Link to="/search" className={buttonClass('secondary')}>
        {intl.formatMessage({ id: 'shell.allProducts' })}
      </Link>
    </div>
  );
}

function CursorLost({ state }: { state: ListState }) {
  const intl = useIntl();
  return (
    <Notice tone="warn" isLive>
      <h2>{intl.formatMessage({ id: 'catalogue.list.cursorLost' })}</h2>
      <p>{intl.formatMessage({ id: 'catalogue.list.cursorLostText' })}</p>
      <Link to={{ search: listSearch(changed(state, {})) }} className={buttonClass('primary')}>
        {intl.formatMessage({ id: 'catalogue.pager.first' })}
      </Link>
    </Notice>
  );
}

/** A link with "within my limit" that a guest opens. */
function GuestLimit({ state }: { state: ListState }) {
  const intl = useIntl();
  const { status } = useSession();
  const { pathname, search } = useLocation();
  if (!state.withinLimit || status !== 'guest') return null;
  return (
    <Notice tone="info">
      <Link to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>
        {intl.formatMessage({ id: 'catalogue.filter.withinLimitGuest' })}
      </Link>
    </Notice>
  );
}
