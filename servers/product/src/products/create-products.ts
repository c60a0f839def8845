import { AppError } from '@florin/app-response';
import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import { categoryErrors } from '../categories/errors.ts';
import { moveStock } from '../stock/move-stock.ts';
import { lockProducts } from './lock-products.ts';

export type NewProduct = {
  name: string;
  description?: string;
  priceMinor: number;
  currency?: string;
  categoryId: string;
  imageUrl?: string;
  /** Units at the opening, posted as the first movement. */
  stock?: number;
};

/**
 * Creates products and posts their opening stock; returns their ids in the order given.
 *
 * @throws AppError CATEGORY_NOT_FOUND when a category does not exist
 */
export async function createProducts(
  trx: Knex.Transaction,
  products: readonly NewProduct[],
  options: { currency: string },
): Promise<string[]> {
  await lockCategories(trx, products);
  const at = new Date();
  const created = products.map((product) => ({ ...product, id: newId() }));
  await trx.raw(
    `INSERT INTO products (id, category_id, name, description, price_minor, currency, image_url, stock, created_at, updated_at)
     VALUES ${created.map(() => '(?, ?, ?, ?, ?, ?, ?, 0, ?, ?)').join(', ')}`,
    created.flatMap(({ id, categoryId, name, description = '', priceMinor, currency = options.currency, imageUrl = null }) => [
      idBytes(id),
      idBytes(categoryId),
      name,
      description,
      priceMinor,
      currency,
      imageUrl,
      at,
      at,
    ]),
  );
  const ids = created.map(({ id }) => id);
  const movements = created
    .filter(({ stock = 0 }) => stock > 0)
    .map(({ id, stock = 0 }) => ({ productId: id, delta: stock, reason: 'opening' as const }));
  await moveStock(trx, await lockProducts(trx, ids), { movements, at });
  return ids;
}

/** Locked, so that a category cannot go away between this look and the commit. */
async function lockCategories(trx: Knex.Transaction, products: readonly NewProduct[]): Promise<void> {
  const ids = [...new Set(products.map(({ categoryId }) => categoryId.toLowerCase()))];
  const [rows] = (await trx.raw(
    `SELECT id FROM categories WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id LOCK IN SHARE MODE`,
    ids.map(idBytes),
  )) as [unknown[]];
  if (rows.length === ids.length) return;
  throw new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'categoryId', message: 'there is no such category' }],
  });
}
