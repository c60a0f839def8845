import type { Knex } from 'knex';
import { imageIdOf, requireSeen } from '../images/index.ts';
import type { Product } from './product.ts';

type Changed = { before?: Pick<Product, 'images'>; after: Pick<Product, 'images'> };

/**
 * Requires that the uploaded images that products gain are known. Every write of products calls it. Products without such an image
 * cost nothing.
 *
 * @throws AppError IMAGE_UNKNOWN
 */
export async function requireImages(trx: Knex.Transaction, products: readonly Changed[]): Promise<void> {
  const gained = products.flatMap(({ before, after }) => {
    const had = new Set(before?.images.map(({ url }) => url));
    return after.images.filter(({ url }) => !had.has(url)).flatMap(({ url }) => imageIdOf(url) ?? []);
  });
  await requireSeen(trx, [...new Set(gained)], { purpose: 'product' });
}
