import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Picture } from '../catalogue/index.ts';
import css from './order-parts.module.css';

type Item = { productId: string; name: string; optionValues?: Record<string, unknown>; sku?: string };
type Props = { item: Item; children?: ReactNode };

const IMAGES_STALE_AFTER_MS = 600_000;

/** Image, name and chosen options of an item of a cart or an order, and what the page adds to it. */
export function ItemSummary({ item: { productId, name, optionValues = {} }, children }: Props) {
  return (
    <div className={css['item']}>
      <ItemImage productId={productId} />
      <div className={css['itemText']}>
        <Link to={`/p/${productId}`} className={css['itemName']}>
          {name}
        </Link>
        {Object.entries(optionValues).map(([option, value]) => (
          <span key={option} className={css['soft']}>
            {option}: {String(value)}
          </span>
        ))}
        {children}
      </div>
    </div>
  );
}

/** The name beside it says what it shows. */
function ItemImage({ productId }: { productId: string }) {
  const florin = useFlorin();
  const { data: url } = useQuery({
    queryKey: ['item-image', productId],
    queryFn: async ({ signal }) => {
      const { data } = await florin.get('/v1/products/{id}', { params: { path: { id: productId } }, signal });
      return data.images[0]?.url ?? data.imageUrl;
    },
    staleTime: IMAGES_STALE_AFTER_MS,
  });
  return (
    <div className={css['image']}>
      <Picture image={url == null ? undefined : { url, alt: '' }} sizes="4.5rem" />
    </div>
  );
}
