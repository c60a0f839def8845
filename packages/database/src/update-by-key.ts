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
 * Writes the table's fields of rows that this transaction has locked, each found by its id. Give a table with the fields to write
 * only, see `pickFields`. One statement for up to 1,000 rows or 1 MiB.
 *
 * The statement goes from the rows to the table along its primary key, in that order and no other. A server that woke up from a
 * crash may think the table smaller than it is. Left to itself it would then read, and so lock, the whole table to find these rows,
 * in the way of those who hold others.
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

/** The first row names the columns. Of the others each is one list, so that the statement stays short. */
function statementOf({ name, cells }: Table, others: number, further: string | undefined): string {
  const first = cells.map(({ column }) => `? AS ${column}`).join(', ');
  const written = cells.flatMap(({ column }) => (column === 'id' ? [] : `${name}.${column} = changed.${column}`));
  return `UPDATE (SELECT ${first}${' UNION ALL SELECT ?'.repeat(others)}) AS changed
    STRAIGHT_JOIN ${name} FORCE INDEX (PRIMARY) ON ${name}.id = changed.id
    SET ${[...written, ...(further === undefined ? [] : [further])].join(', ')}`;
}
