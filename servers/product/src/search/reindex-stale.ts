import { execute, pickFields, query, readRow, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';
import { productsTable } from '../stock/index.ts';
import { productIndex } from './product-index.ts';

const indexedTable = pickFields(productsTable, ['id', 'sku', 'name', 'brand', 'description']);

/** Products are locked while they are indexed, so that their purchases wait for a few. */
const BATCH_SIZE = 100;

/**
 * Indexes products whose index is older than the product: those from before the index, those that the release before changed, and
 * archived ones. Several instances may do so at once: SKIP LOCKED leaves products alone that another transaction holds.
 *
 * @returns whether there may be more
 */
export async function reindexStale(trx: Knex.Transaction): Promise<boolean> {
  const rows = await query<StoredRowOf<typeof indexedTable>>(
    trx,
    `SELECT ${indexedTable.list} FROM products FORCE INDEX (products_search_stale)
      WHERE is_search_stale = 1 ORDER BY id LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`,
  );
  if (rows.length === 0) return false;
  await productIndex.write(
    trx,
    rows.map((row) => readRow(indexedTable, row)),
  );
  await execute(trx, 'UPDATE products FORCE INDEX (PRIMARY) SET search_version = version WHERE id IN (?)', [
    rows.map(({ id }) => id),
  ]);
  return rows.length === BATCH_SIZE;
}
