import { pipeline, Readable } from 'node:stream';
import { AppError, requestErrors } from '@florin/app-response';
import { CsvError, parse } from 'csv-parse';
import { problem } from './errors.ts';
import { restore } from './formulas.ts';
import { importColumns, isNullable } from './import-row.ts';
import type { RawRow } from './read-rows.ts';

/** A product's longest fields, each character escaped, fit. */
const MAX_ROW_LENGTH = 128_000;
const MAX_HEADER_BYTES = 8_192;
const BOM = '\uFEFF';
const UTF16 = /^(?:\u00FF\u00FE|\u00FE\u00FF)/;

/**
 * The rows of a CSV file (RFC 4180), also as spreadsheets write it: with a BOM, semicolons or tabs, a `sep=` line. The first
 * row names the columns.
 *
 * @throws AppError VALIDATION_FAILED for a header that is none
 */
export async function* readCsv(body: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  const { start, rest } = await peek(body);
  const { delimiter, skippedLines } = formOf(start);
  let columns: string[] | undefined;
  for await (const cells of csvRecords(joined(start, rest), { delimiter, from_line: skippedLines + 1 })) {
    if (!Array.isArray(cells)) yield cells;
    else if (columns === undefined) columns = readHeader(cells);
    else if (cells.some((cell) => cell !== '')) yield rowOf(columns, cells);
  }
  if (columns === undefined) readHeader([]);
}

/** Records, and what stopped the reading where something did: from there on nothing can be told apart. */
export async function* csvRecords(body: AsyncIterable<Buffer>, options: object): AsyncGenerator<string[] | RawRow> {
  const parser = parse({
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_LENGTH,
    ...options,
  });
  pipeline(Readable.from(body, { objectMode: false }), parser, () => {
    // Whoever reads the parser is told.
  });
  try {
    for await (const record of parser as AsyncIterable<string[]>) yield record;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { problem: problem('UNREADABLE', `from here on the file cannot be read: ${error.code}`) };
  }
}

function rowOf(columns: readonly string[], cells: readonly string[]): RawRow {
  const extra = cells.slice(columns.length).some((cell) => cell !== '');
  if (cells.length < columns.length || extra) {
    return { problem: problem('MALFORMED_ROW', `${cells.length} cells, where the header has ${columns.length}`) };
  }
  const values = columns.map((column, index) => [column, cellValue(column, cells[index] ?? '')]);
  return { values: Object.fromEntries(values.filter(([, value]) => value !== undefined)) as unknown };
}

/** An empty cell is none of what a product need not have, and leaves the rest as it is. */
function cellValue(column: string, cell: string): string | null | undefined {
  if (cell !== '') return restore(cell);
  if (column === 'description') return '';
  return isNullable(column) ? null : undefined;
}

function readHeader(cells: readonly string[]): string[] {
  const columns = cells.map((cell) => cell.trim());
  const message = faultOf(columns);
  if (message === undefined) return columns;
  throw new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'header', message }] });
}

function faultOf(columns: readonly string[]): string | undefined {
  const unknown = columns.find((column) => !importColumns.has(column));
  if (unknown !== undefined) return `there is no column ${JSON.stringify(unknown.slice(0, 100))}`;
  if (new Set(columns).size < columns.length) return 'a column is there twice';
  return columns.includes('sku') || columns.includes('id') ? undefined : 'there is no column sku';
}

async function peek(body: AsyncIterable<Buffer>): Promise<{ start: Buffer; rest: AsyncIterator<Buffer> }> {
  const rest = body[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < MAX_HEADER_BYTES && start.indexOf('\n', start.indexOf('sep=') + 7) < 0) {
    const next = await rest.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return { start, rest };
}

async function* joined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Our columns are words, so what follows the first one parts them. */
function formOf(start: Buffer): { delimiter: string; skippedLines: number } {
  if (UTF16.test(start.toString('latin1', 0, 2))) {
    throw new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE, { detail: 'Save it as CSV UTF-8; this is UTF-16.' });
  }
  const text = start.toString('utf8').replace(BOM, '');
  const [, told] = /^sep=(.)\r?\n/.exec(text) ?? [];
  if (told !== undefined) return { delimiter: told, skippedLines: 1 };
  const [, found] = /^["\w ]+([,;\t])/.exec(text) ?? [];
  return { delimiter: found ?? ',', skippedLines: 0 };
}
