import { AppError } from '@florin/app-response';
import { idBytes, isDuplicateKey, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProducts, moveStock } from '../stock/index.ts';
import { productErrors } from './errors.ts';
import type { Product } from './product.ts';
import { shareCategories } from './share-categories.ts';

export type NewProduct = {
  sku?: string;
  name: string;
  description?: string;
  priceMinor: number;
  currency?: string;
  categoryId: string;
  imageUrl?: string;
  lowStockThreshold?: number;
  /** Units at the opening, posted as the first movement. */
  stock?: number;
  /** `active` where it is left out; a file may bring archived ones. */
  status?: Product['status'];
};

/**
 * Creates products and posts their opening stock; returns their ids in the order given.
 *
 * @throws AppError CATEGORY_NOT_FOUND when a category does not exist, SKU_TAKEN when a product has the SKU already
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
  const created = products.map((product) => ({ currency: options.currency, ...product, id: newId() }));
  await insertProducts(trx, created, at);
  const ids = created.map(({ id }) => id);
  const movements = created
    .filter(({ stock = 0 }) => stock > 0)
    .map(({ id, stock = 0 }) => ({ productId: id, delta: stock, reason: 'opening' as const }));
  await moveStock(trx, await lockProducts(trx, ids), { movements, at });
  return ids;
}

type Inserted = NewProduct & { id: string; currency: string };

async function insertProducts(trx: Knex.Transaction, products: readonly Inserted[], at: Date): Promise<void> {
  const values = products.flatMap((product) => [
    idBytes(product.id),
    product.sku ?? null,
    idBytes(product.categoryId),
    product.name,
    product.description ?? '',
    product.priceMinor,
    product.currency,
    product.imageUrl ?? null,
    product.lowStockThreshold ?? null,
    product.status ?? 'active',
    at,
    at,
  ]);
  try {
    await trx.raw(
      `INSERT INTO products (id, sku, category_id, name, description, price_minor, currency, image_url, low_stock_threshold,
         status, stock, created_at, updated_at)
       VALUES ${products.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)').join(', ')}`,
      values,
    );
  } catch (error) {
    throw isDuplicateKey(error, 'products_sku') ? new AppError(productErrors.SKU_TAKEN, { cause: error }) : error;
  }
}
