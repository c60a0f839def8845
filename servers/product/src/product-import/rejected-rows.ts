import { idBytes, query, queryOne } from '@florin/database';
import { stringify } from 'csv-stringify/sync';
import type { Knex } from 'knex';
import { BYTE_ORDER_MARK } from './export-products.ts';
import { columnType, importColumns, REASON } from './file-columns.ts';
import { defuse } from './formulas.ts';

const PAGE_ROWS = 500;
/** The columns that a row may have; the reason is added. */
const columnsOfRows = importColumns.filter((column) => column !== REASON);

/**
 * Reads the rejected rows of an import as a CSV file that can be corrected and imported: the columns that the rows have, and one with the
 * reason. A row that could not be read has the reason alone, and its SKU if it is known. All text is quoted, and formulas are defused.
 */
export async function* rejectedRows(db: Knex, importId: string): AsyncGenerator<string> {
  const columns = await readColumns(db, importId);
  yield `${BYTE_ORDER_MARK}${stringify([[...columns, REASON]])}`;
  let after = 0;
  for (;;) {
    const rows = await readPage(db, importId, after);
    const cells = rows.map((row) => [...columns.map((column) => cellOf(row, column)), reasonOf(row)]);
    if (cells.length > 0) yield stringify(cells, { quoted_string: true, cast: { string: defuse } });
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.position ?? after;
  }
}

/** Columns that no rejected row has are left out: an empty cell may clear a field. */
async function readColumns(db: Knex, importId: string): Promise<string[]> {
  const found = columnsOfRows.map((column) => `MAX(JSON_CONTAINS_PATH(given, 'one', '$.${column}')) AS ${column}`);
  const has = await queryOne<Record<string, number | null>>(
    db,
    `SELECT ${found.join(', ')} FROM import_rows WHERE import_id = ? AND outcome = 'refused'`,
    [idBytes(importId)],
  );
  const columns = columnsOfRows.filter((column) => Number(has[column] ?? 0) > 0);
  return columns.includes('sku') || columns.includes('id') ? columns : ['sku', ...columns];
}

type Rejected = { position: number; sku: string | null; code: string; problems: string | null; given: string | null };

function readPage(db: Knex, importId: string, after: number): Promise<Rejected[]> {
  return query<Rejected>(
    db,
    `SELECT position, sku, code, problems, given FROM import_rows
      WHERE import_id = ? AND outcome = 'refused' AND position > ? ORDER BY position LIMIT ?`,
    [idBytes(importId), after, PAGE_ROWS],
  );
}

function cellOf({ sku, given }: Rejected, column: string): string {
  const values = given === null ? { sku } : (JSON.parse(given) as Record<string, unknown>);
  const value = values[column];
  if (columnType(column) === 'tags' && Array.isArray(value)) return value.join(', ');
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function reasonOf({ position, code, problems }: Rejected): string {
  const errors = problems === null ? [] : (JSON.parse(problems) as { path: string; message: string }[]);
  return `row ${position}: ${code}: ${errors.map(({ message }) => message).join('; ')}`;
}
