import { lockByIds, pickFields, type RowOf } from '@florin/database';
import type { Knex } from 'knex';
import { productsTable } from './products-table.ts';

const soldTable = pickFields(productsTable, [
  'id',
  'sku',
  'name',
  'priceMinor',
  'currency',
  'taxRatePercent',
  'stock',
  'status',
  'options',
  'optionValues',
]);

export type LockedProduct = RowOf<typeof soldTable>;

/** Locks those of the products that exist, in id order. */
export function lockProducts(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, LockedProduct>> {
  return lockByIds(trx, soldTable, ids);
}
