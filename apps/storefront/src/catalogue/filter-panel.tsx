import type { components } from '@florin/client';
import { Button, Dialog, Skeleton } from '@florin/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { CategoryNode } from './category-index.ts';
import { activeFilters } from './find-active-filters.ts';
import css from './list.module.css';
import type { ListState } from './list-state.ts';
import { useMedia } from './use-media.ts';

type Props = {
  state: ListState;
  category: CategoryNode | undefined;
  facets: components['schemas']['ProductFacets'] | undefined;
};

/** Loaded when it is shown first, after the products. */
const Filters = lazy(async () => ({ default: (await import('./filters.tsx')).Filters }));

/** The filters beside the list; on narrow screens in a dialog. */
export function FilterPanel(props: Props) {
  const intl = useIntl();
  const isWide = useMedia('(min-width: 60em)');
  const [isOpen, setOpen] = useState(false);
  const count = activeFilters(props.state).length;
  const title = intl.formatMessage({ id: 'catalogue.filter.title' });
  useEffect(() => {
    if (isWide) setOpen(false);
  }, [isWide]);
  if (isWide)
    return (
      <aside aria-label={title} className={css['panel']}>
        <h2>{title}</h2>
        <FiltersOrSkeleton {...props} />
      </aside>
    );
  return (
    <div className={css['opener']}>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        {count === 0 ? title : intl.formatMessage({ id: 'catalogue.filter.titleCount' }, { count })}
      </Button>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <FiltersOrSkeleton {...props} />
        <div className={css['dialogEnd']}>
          <Button variant="primary" onClick={() => setOpen(false)}>
            {intl.formatMessage({ id: 'catalogue.filter.show' })}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

function FiltersOrSkeleton({ state, category, facets }: Props) {
  if (facets === undefined) return <Skeleton lines={8} />;
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Filters state={state} category={category} facets={facets} />
    </Suspense>
  );
}
