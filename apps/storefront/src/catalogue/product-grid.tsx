import type { components } from '@florin/client';
import { useIntl } from 'react-intl';
import css from './card.module.css';
import { ProductCard } from './product-card.tsx';

type Props = {
  products: readonly components['schemas']['Product'][];
  headingLevel: 2 | 3;
  /** While the next page is loaded. */
  isBusy?: boolean;
  /** How many images are loaded at once; the others when they come near. */
  eager?: number;
};

/** Cards of products. */
export function ProductGrid({ products, headingLevel, isBusy = false, eager = 0 }: Props) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without markers
    <ul role="list" aria-busy={isBusy} className={`${css['grid']} ${isBusy ? css['busy'] : ''}`}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} headingLevel={headingLevel} isFirst={index < eager} />
        </li>
      ))}
    </ul>
  );
}

/** Holds the place of cards, row for row as high as they are. */
export function GridSkeleton({ cards }: { cards: number }) {
  const intl = useIntl();
  return (
    <div role="status">
      <span className={css['hidden']}>{intl.formatMessage({ id: 'ui.loading' })}</span>
      <div aria-hidden="true" className={css['grid']}>
        {Array.from({ length: cards }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the cards are all alike
          <div key={index} className={css['card']}>
            <div className={css['blank']} />
            <div className={css['text']}>
              <div className={css['blankLine']} />
              <div className={css['blankLine']} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
