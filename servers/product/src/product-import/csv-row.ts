import { isUtf8 } from 'node:buffer';
import { blankFields } from '../catalogue/index.ts';
import { problem } from './errors.ts';
import { restore, restoreFirst } from './formulas.ts';
import type { RawRow } from './raw-row.ts';
import { type Cell, cellBytes, cellText } from './scan-record.ts';
import { typedCells } from './typed-cells.ts';
import { whyNotUtf8 } from './why-not-utf8.ts';

/** The effect of an empty cell on an existing product: `keep` has none, `clear` removes optional fields. */
export const blankModes = ['keep', 'clear'] as const;
export type BlankMode = (typeof blankModes)[number];

/** The values of empty cells with `clear`. Empty cells of other columns change nothing. */
const { sku: _names, slug: _address, ...cleared }: Readonly<Record<string, unknown>> = blankFields;

type Columns = readonly (string | undefined)[];
type Values = Record<string, unknown>;

/** Parses a CSV record as a row. */
export function csvRow(
  { line, bytes, cells: found }: { line: number; bytes: Buffer; cells: readonly Cell[] },
  { columns, blank }: { columns: Columns; blank: BlankMode },
): RawRow {
  const cells = found.map((cell) => cellText(bytes, cell));
  if (cells.every((cell) => cell.trim() === '')) return { isBlank: true };
  const misplaced = whyMisplaced(cells, columns);
  if (misplaced !== undefined)
    return { problem: problem('MALFORMED_ROW', `line ${line} ${misplaced}`), hashed: hashedRagged(cells, columns) };
  const hashed = { values: valuesOf(cells, columns, { blank: 'clear', read: restoreFirst }) };
  const broken = isUtf8(bytes.subarray(found[0]?.from, found.at(-1)?.to)) ? undefined : findBroken(bytes, found);
  if (broken !== undefined) {
    const message = `line ${line} ${broken.why}: save the file as CSV UTF-8`;
    return { problem: problem('NOT_UTF8', message, columns[broken.index]), hashed };
  }
  const { values, faults } = typedCells(valuesOf(cells, columns, { blank, read: restore }));
  return { values, faults, hashed };
}

/** Spreadsheets may leave out empty cells after the last named column. A cell with text needs a named column. */
function whyMisplaced(cells: readonly string[], columns: Columns): string | undefined {
  const needed = columns.findLastIndex((column) => column !== undefined) + 1;
  const unnamed = cells.findIndex((cell, index) => cell !== '' && columns[index] === undefined);
  if (cells.length >= needed && unnamed < 0) return undefined;
  const why = unnamed < 0 ? '' : ` (cell ${unnamed + 1} has text, but its column has no name)`;
  return `has ${cells.length} cells, but the header has ${columns.length}${why}`;
}

/** The value that the previous release hashed (see RawRow): its text must not change. */
function hashedRagged(cells: readonly string[], columns: Columns): unknown {
  return { problem: problem('MALFORMED_ROW', `${cells.length} cells, where the header has ${columns.length}`) };
}

function findBroken(bytes: Buffer, cells: readonly Cell[]): { index: number; why: string } | undefined {
  const contents = cells.map((cell) => cellBytes(bytes, cell));
  const index = contents.findIndex((content) => !isUtf8(content));
  return index < 0 ? undefined : { index, why: whyNotUtf8(contents[index] ?? Buffer.alloc(0)) };
}

type Reading = { blank: BlankMode; read(cell: string): string };

function valuesOf(cells: readonly string[], columns: Columns, { blank, read }: Reading): Values {
  const values: Values = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column === undefined) continue;
    if (cell !== '') values[column] = read(cell);
    else if (blank === 'clear' && cleared[column] !== undefined) values[column] = cleared[column];
  }
  return values;
}
