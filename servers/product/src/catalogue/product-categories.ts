import { column, defineTable, idBytes, insertRows } from '@florin/database';
import type { Knex } from 'knex';
import { furtherOf, type Product } from './product.ts';

/** The further categories of products, by which lists of a category find them. The main one is `products.category_id`. */
export const productCategoriesTable = defineTable('product_categories', {
  categoryId: column.id(),
  productId: column.id(),
});

type Placed = Pick<Product, 'id' | 'categoryId' | 'categoryIds'>;

/** Writes the further categories of new products. */
export async function insertFurtherCategories(trx: Knex.Transaction, products: readonly Placed[]): Promise<void> {
  const rows = products.flatMap((product) => furtherOf(product).map((categoryId) => ({ categoryId, productId: product.id })));
  await insertRows(trx, productCategoriesTable, rows);
}

/** Replaces the further categories of changed products. */
export async function replaceFurtherCategories(trx: Knex.Transaction, products: readonly Placed[]): Promise<void> {
  if (products.length === 0) return;
  await trx.raw('DELETE FROM product_categories WHERE product_id IN (?)', [products.map(({ id }) => idBytes(id))]);
  await insertFurtherCategories(trx, products);
}
