import { idBytes, lockByIds, pickFields, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
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

/** What a sale needs of a product. */
export type SoldProduct = RowOf<typeof soldTable>;
export type LockedProduct = SoldProduct;

/** Locks those of the products that exist, in id order. */
export function lockProducts(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, LockedProduct>> {
  return lockByIds(trx, soldTable, ids);
}

/** Reads those of the products that exist, without a lock. */
export async function readSoldProducts(db: Knex, ids: readonly string[]): Promise<Map<string, SoldProduct>> {
  if (ids.length === 0) return new Map();
  const rows = await query<StoredRowOf<typeof soldTable>>(db, `SELECT ${soldTable.list} FROM products WHERE id IN (?)`, [
    ids.map(idBytes),
  ]);
  return new Map(rows.map((row) => readRow(soldTable, row)).map((product) => [product.id, product]));
}
