import type { Knex } from 'knex';
import type { Column } from './column.ts';
import { type Columns, type RowOf, readRow, type StoredRowOf, type Table } from './define-table.ts';
import { sqlId } from './ids.ts';
import { query, queryFirst } from './query.ts';

type WithId = Columns & { id: Column<string, Buffer> };

/** `share`: others may read and share the rows, but change them only afterwards. `skip-locked`: omits rows that others hold. */
type Options = { mode?: 'update' | 'share' | 'skip-locked' };

const clauses = { update: 'FOR UPDATE', share: 'LOCK IN SHARE MODE', 'skip-locked': 'FOR UPDATE SKIP LOCKED' } as const;

/**
 * Locks the existing rows of these ids in id order, which prevents deadlocks.
 *
 * @returns the rows by id, in id order
 */
export async function lockByIds<C extends WithId>(
  trx: Knex.Transaction,
  table: Table<C>,
  ids: readonly string[],
  { mode = 'update' }: Options = {},
): Promise<Map<string, RowOf<Table<C>>>> {
  const unique = new Set(ids);
  if (unique.size === 0) return new Map();
  const rows = await query<StoredRowOf<Table<C>>>(trx, statementOf(table, mode), [Array.from(unique, sqlId)]);
  return new Map(rows.map((stored) => withId(readRow(table, stored))));
}

/** Locks one row. */
export async function lockById<C extends WithId>(
  trx: Knex.Transaction,
  table: Table<C>,
  id: string,
): Promise<RowOf<Table<C>> | undefined> {
  const stored = await queryFirst<StoredRowOf<Table<C>>>(trx, statementOf(table, 'update'), [[sqlId(id)]]);
  return stored && readRow(table, stored);
}

function statementOf({ name, list }: Table, mode: keyof typeof clauses): string {
  return `SELECT ${list} FROM ${name} WHERE id IN (?) ORDER BY id ${clauses[mode]}`;
}

function withId<Row>(row: Row): [string, Row] {
  return [(row as { id: string }).id, row];
}
