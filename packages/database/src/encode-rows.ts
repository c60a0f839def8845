import type { SqlValue } from './column.ts';
import type { Cell } from './define-table.ts';
import type { SqlId } from './ids.ts';

/** Bounds of one statement. Servers accept 16 MB, also when every character is escaped. */
const MAX_ROWS = 1_000;
const MAX_LENGTH = 1024 * 1024;

type Stored = (SqlValue | SqlId)[];

/** Encodes rows, in their order, for statements of bounded size. A row that exceeds the bound gets a statement of its own. */
export function encodeRows(cells: readonly Cell[], rows: readonly object[]): Stored[][] {
  const sets: Stored[][] = [];
  let set: Stored[] = [];
  let length = 0;
  for (const row of rows) {
    const values = encodeRow(cells, row as Readonly<Record<string, unknown>>);
    const more = lengthOf(values);
    if (set.length === MAX_ROWS || (set.length > 0 && length + more > MAX_LENGTH)) {
      sets.push(set);
      set = [];
      length = 0;
    }
    set.push(values);
    length += more;
  }
  if (set.length > 0) sets.push(set);
  return sets;
}

function encodeRow(cells: readonly Cell[], row: Readonly<Record<string, unknown>>): Stored {
  const values: Stored = [];
  for (const { field, encode } of cells) {
    const value = row[field];
    values.push(encode === undefined || value === null ? (value as SqlValue) : encode(value));
  }
  return values;
}

function lengthOf(values: Stored): number {
  let length = 0;
  for (const value of values) if (typeof value === 'string' || value instanceof Buffer) length += value.length;
  return length;
}
