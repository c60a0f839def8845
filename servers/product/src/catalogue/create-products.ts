import { insertRows, newId } from '@florin/database';
import type { Knex } from 'knex';
import { lockProducts, moveStock, productsTable } from '../stock/index.ts';
import { orSkuTaken } from './errors.ts';
import { blankFields, type Product, type ProductFields } from './product.ts';
import { shareCategories } from './share-categories.ts';

type RequiredField = 'name' | 'priceMinor' | 'categoryId';

export type NewProduct = Pick<ProductFields, RequiredField> &
  Partial<Omit<ProductFields, RequiredField>> & {
    /** Opening stock in units, posted as the first movement. */
    stock?: number;
    /** Default `active`. An import may create archived products. */
    status?: Product['status'];
  };

/**
 * Creates products and posts their opening stock. Returns the ids in the order of `products`.
 *
 * @throws AppError CATEGORY_NOT_FOUND if a category does not exist, SKU_TAKEN if another product has the SKU
 */
export async function createProducts(
  trx: Knex.Transaction,
  products: readonly NewProduct[],
  options: { currency: string },
): Promise<string[]> {
  await shareCategories(
    trx,
    products.map(({ categoryId }) => categoryId),
  );
  const at = new Date();
  const ids = products.map(() => newId());
  const openings = products.map(({ stock: _posted, ...product }, index) => ({
    ...blankFields,
    currency: options.currency,
    status: 'active' as const,
    ...product,
    id: ids[index] ?? '',
    stock: 0,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
  }));
  await orSkuTaken(insertRows(trx, productsTable, openings));
  const movements = products.flatMap(({ stock = 0 }, index) =>
    stock > 0 ? [{ productId: ids[index] ?? '', delta: stock, reason: 'opening' as const }] : [],
  );
  await moveStock(trx, await lockProducts(trx, ids), { movements, at });
  return ids;
}
