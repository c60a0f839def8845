import type { Knex } from 'knex';
import type { Column } from './column.ts';
import type { Columns, RowOf, Table } from './define-table.ts';
import { encodeRows } from './encode-rows.ts';
import { execute } from './query.ts';

type WithId = Columns & { id: Column<string, Buffer> };

type Options = {
  /** Further assignments, the same for every row: `products.version = products.version + 1`. */
  set?: string;
};

/**
 * Writes the table's fields of rows that this transaction has locked, by id. Pass a table with only the fields to write, see
 * `pickFields`. One statement per 1,000 rows or 1 MiB.
 *
 * The statement always reads from the list of rows to the table, by primary key. After a crash a server may underestimate the
 * table's size. Without the forced order it would then read and lock the whole table, and wait for transactions that hold other
 * rows.
 *
 * @returns the number of rows found
 */
export async function updateByKey<C extends WithId>(
  trx: Knex,
  table: Table<C>,
  rows: readonly RowOf<Table<C>>[],
  { set: further }: Options = {},
): Promise<number> {
  let found = 0;
  for (const set of encodeRows(table.cells, rows)) {
    const [first = [], ...others] = set;
    const { affectedRows } = await execute(trx, statementOf(table, others.length, further), [...first, ...others]);
    found += affectedRows;
  }
  return found;
}

/** Only the first row names the columns; the others are plain lists, so the statement stays short. */
function statementOf({ name, cells }: Table, others: number, further: string | undefined): string {
  const first = cells.map(({ column }) => `? AS ${column}`).join(', ');
  const written = cells.flatMap(({ column }) => (column === 'id' ? [] : `${name}.${column} = changed.${column}`));
  return `UPDATE (SELECT ${first}${' UNION ALL SELECT ?'.repeat(others)}) AS changed
    STRAIGHT_JOIN ${name} FORCE INDEX (PRIMARY) ON ${name}.id = changed.id
    SET ${[...written, ...(further === undefined ? [] : [further])].join(', ')}`;
}
