import { isUtf8 } from 'node:buffer';
import { blankFields } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
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

/** The values of a row of another shop, without those of empty cells, or with the values that clear them. */
export function withBlanks(values: Readonly<Record<string, unknown>>, blank: BlankMode): Readonly<Record<string, unknown>> {
  const given = Object.entries(values).map(
    ([column, value]) => [column, value === undefined && blank === 'clear' ? cleared[column] : value] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

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
  const broken = whyBroken({ line, bytes, cells: found }, columns);
  if (broken !== undefined) return { problem: broken, hashed };
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

/** The problem of a record that is not UTF-8. */
export function whyBroken(
  { line, bytes, cells }: { line: number; bytes: Buffer; cells: readonly Cell[] },
  columns: Columns,
): RowProblem | undefined {
  if (isUtf8(bytes.subarray(cells[0]?.from, cells.at(-1)?.to))) return undefined;
  const contents = cells.map((cell) => cellBytes(bytes, cell));
  const index = contents.findIndex((content) => !isUtf8(content));
  if (index < 0) return undefined;
  const message = `line ${line} ${whyNotUtf8(contents[index] ?? Buffer.alloc(0))}: save the file as CSV UTF-8`;
  return problem('NOT_UTF8', message, columns[index]);
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
