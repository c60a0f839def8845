import { Skeleton } from '@florin/ui';
import css from './list.module.css';
import { GridSkeleton } from './product-grid.tsx';

/** Holds the place of a list's page before its category is known. */
export function ListSkeleton() {
  return (
    <div className={css['page']}>
      <Skeleton lines={2} />
      <GridSkeleton cards={12} />
    </div>
  );
}
