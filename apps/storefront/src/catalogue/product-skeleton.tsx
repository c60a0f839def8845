import { Skeleton } from '@florin/ui';
import css from './product.module.css';

/** Holds the place of a product's page. */
export function ProductSkeleton() {
  return (
    <div className={css['page']}>
      <div className={css['crumbs']} />
      <div className={css['columns']}>
        <div className={css['blankPicture']} />
        <Skeleton lines={8} />
      </div>
    </div>
  );
}
