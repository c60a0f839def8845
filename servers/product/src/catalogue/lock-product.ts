import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Product } from './product.ts';
import { readProduct } from './read-product.ts';

/**
 * Locks a product for an edit.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockProduct(trx: Knex.Transaction, id: string): Promise<Product> {
  await trx.raw('SELECT id FROM products WHERE id = ? FOR UPDATE', [idBytes(id)]);
  return readProduct(trx, id);
}
