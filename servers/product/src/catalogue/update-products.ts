import { omitFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { type Product, productsTable } from '../stock/index.ts';
import { orSkuTaken } from './errors.ts';

/** Stock is not in it: only movements change that. */
const editedTable = omitFields(productsTable, ['stock', 'version', 'createdAt']);

/**
 * Writes products that were edited, each as its next version.
 *
 * @param products as they are to be, locked by this transaction
 * @throws AppError SKU_TAKEN when a product has the SKU already
 */
export async function updateProducts(trx: Knex.Transaction, products: readonly Product[]): Promise<void> {
  const updatedAt = new Date().toISOString();
  const rows = products.map((product) => ({ ...product, updatedAt }));
  await orSkuTaken(updateByKey(trx, editedTable, rows, { set: 'products.version = products.version + 1' }));
}
