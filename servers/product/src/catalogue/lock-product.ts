import { lockById } from '@florin/database';
import type { Knex } from 'knex';
import { productsTable } from '../stock/index.ts';
import { type Product, productOf } from './product.ts';
import { productNotFound } from './read-product.ts';

/**
 * Locks a product for an edit.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockProduct(trx: Knex.Transaction, id: string): Promise<Product> {
  const product = await lockById(trx, productsTable, id);
  if (product === undefined) throw productNotFound(id);
  return productOf(product);
}
