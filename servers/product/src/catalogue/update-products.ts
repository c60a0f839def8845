import { omitFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { type Product, productsTable } from '../stock/index.ts';
import { orSkuTaken } from './errors.ts';

/** Without stock, which only movements change. */
const editedTable = omitFields(productsTable, ['stock', 'version', 'createdAt']);

/**
 * Writes edited products and increments their versions.
 *
 * @param products the new values, locked by this transaction
 * @throws AppError SKU_TAKEN if another product has the SKU
 */
export async function updateProducts(trx: Knex.Transaction, products: readonly Product[]): Promise<void> {
  const updatedAt = new Date().toISOString();
  const rows = products.map((product) => ({ ...product, updatedAt }));
  await orSkuTaken(updateByKey(trx, editedTable, rows, { set: 'products.version = products.version + 1' }));
}
