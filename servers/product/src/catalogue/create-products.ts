import type { Knex } from 'knex';
import { type InsertOptions, insertProducts, type NewProduct } from './insert-products.ts';
import { shareCategories } from './share-categories.ts';

/**
 * Creates products, posts their opening stock and publishes them. Returns the ids in the order of `products`.
 *
 * @throws AppError CATEGORY_NOT_FOUND if a category does not exist, SKU_TAKEN or SLUG_TAKEN if another product has it,
 *   VALIDATION_FAILED if fields contradict each other
 */
export async function createProducts(
  trx: Knex.Transaction,
  products: readonly NewProduct[],
  options: InsertOptions,
): Promise<string[]> {
  await shareCategories(
    trx,
    products.flatMap(({ categoryId, categoryIds = [] }) => [...(categoryId === undefined ? [] : [categoryId]), ...categoryIds]),
  );
  return insertProducts(trx, products, options);
}
