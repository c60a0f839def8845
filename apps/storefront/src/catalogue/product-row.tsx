import type { components } from '@florin/client';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './home.module.css';
import { GridSkeleton, ProductGrid } from './product-grid.tsx';

type Props = {
  title: string;
  /** Where all of them are. */
  to: string;
  /** undefined while they are loaded. */
  products: readonly components['schemas']['Product'][] | undefined;
  eager?: number;
};

const CARDS_OF_SKELETON = 10;

/** A titled row of products on the first page. */
export function ProductRow({ title, to, products, eager = 0 }: Props) {
  const intl = useIntl();
  const id = useId();
  return (
    <section aria-labelledby={id} className={css['section']}>
      <div className={css['rowHead']}>
        <h2 id={id}>
          <bdi>{title}</bdi>
        </h2>
        <Link to={to} aria-label={intl.formatMessage({ id: 'catalogue.home.allOf' }, { name: title })}>
          {intl.formatMessage({ id: 'catalogue.home.all' })}
        </Link>
      </div>
      {products === undefined ? (
        <GridSkeleton cards={CARDS_OF_SKELETON} />
      ) : (
        <ProductGrid products={products} headingLevel={3} eager={eager} />
      )}
    </section>
  );
}
