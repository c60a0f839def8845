import type { Knex } from 'knex';
import type { Columns, NewRowOf, Table } from './define-table.ts';
import { encodeRows } from './encode-rows.ts';
import { execute } from './query.ts';

type Options = {
  /** Assignments for rows whose key exists: `ON DUPLICATE KEY UPDATE …`. */
  onDuplicateKey?: string;
};

/**
 * Inserts rows in their order. Sort them by key if two transactions may insert the same keys. One statement per 1,000 rows or 1
 * MiB.
 */
export async function insertRows<C extends Columns>(
  trx: Knex,
  table: Table<C>,
  rows: readonly NewRowOf<Table<C>>[],
  { onDuplicateKey }: Options = {},
): Promise<void> {
  const sql = onDuplicateKey === undefined ? table.insert : `${table.insert} ON DUPLICATE KEY UPDATE ${onDuplicateKey}`;
  for (const set of encodeRows(table.inserted, rows)) await execute(trx, sql, [set]);
}
