import { createHash } from 'node:crypto';
import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import type { CategoryPath } from '../catalogue/index.ts';
import { bulkErrors, problem, type RowProblem } from './errors.ts';
import { type ImportRow, parseRow } from './import-row.ts';
import { shortenedSku } from './match-product.ts';
import type { RawRow } from './raw-row.ts';
import { type CsvOptions, readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { refuseOtherFiles } from './refuse-other-files.ts';
import { createRowPlaces, type RowPlaces } from './row-places.ts';

export const bulkTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type BulkFormat = keyof typeof bulkTypes;

/** The use of `id` and `version`: `ignore` is for files from another shop, whose ids are unknown here. */
export const idModes = ['match', 'ignore'] as const;
export type IdMode = (typeof idModes)[number];

export type ReadOptions = CsvOptions & {
  format: BulkFormat;
  ids: IdMode;
  /** The category of new products whose rows name none. Files of other shops have one by default. */
  defaultCategory?: CategoryPath | undefined;
  maxRows: number;
  /** Maximum number of rows with a problem, except of rows that an earlier request imported. */
  maxBadRows: number;
  /** Counts the rows of the file that an earlier request imported. Called only beyond one of the limits. */
  rowsDone(): Promise<number>;
  /** The start of the row hash. */
  seed: Buffer;
};

/** A row with its position in the file, from 1, and the hash of all rows up to it. */
export type ReadRow = { position: number; hash: Buffer; length: number; line?: number | undefined } & (
  | { row: ImportRow; problem?: never }
  | { row?: never; problem: RowProblem; sku?: string | undefined; given?: Given | undefined }
);

/**
 * Reads and validates the rows of a file. A fault of one row becomes its problem and does not affect the others. Empty rows have no
 * position. They count for `maxRows`; in a file that was imported before, they are limited to that number by themselves.
 *
 * @throws AppError PAYLOAD_TOO_LARGE beyond `maxRows` and the rows that were imported before, TOO_MANY_BAD_ROWS,
 *   UNSUPPORTED_MEDIA_TYPE if the file is not text, VALIDATION_FAILED for an invalid header, and the errors of reading the body
 */
export async function* readRows(body: AsyncIterable<Buffer>, options: ReadOptions): AsyncGenerator<ReadRow> {
  const text = refuseOtherFiles(body);
  const context = { ...options, places: createRowPlaces() };
  let { seed: hash } = options;
  const { maxRows } = options;
  const countBad = createBadRowCount(options);
  let [records, position] = [0, 0];
  for await (const raw of options.format === 'csv' ? readCsv(text, options) : readNdjson(text, options)) {
    records++;
    const done = records > maxRows ? await options.rowsDone() : maxRows;
    if (done === 0) throw tooMany(maxRows);
    if ('isBlank' in raw) {
      if (records - position > maxRows) throw tooMany(maxRows);
      continue;
    }
    position++;
    if (position > Math.max(maxRows, done)) throw tooMany(maxRows);
    const hashed = hashedText(raw);
    hash = createHash('sha256').update(hash).update(hashed).digest();
    const found = lookThrough(raw, position, context);
    if ('problem' in found) await countBad(position, found.problem);
    yield { position, hash, length: hashed.length, ...(raw.line === undefined ? {} : { line: raw.line }), ...found };
  }
}

type Raw = Exclude<RawRow, { isBlank: true }>;

function hashedText(raw: Raw): string {
  if (raw.hashed !== undefined) return JSON.stringify(raw.hashed);
  return JSON.stringify('problem' in raw ? { problem: raw.problem } : { values: raw.values });
}

type Context = ReadOptions & { places: RowPlaces };

type Given = Readonly<Record<string, unknown>>;
type Seen = { row: ImportRow } | { problem: RowProblem; sku?: string; given?: Given };

function lookThrough(raw: Raw, position: number, { format, ids, places, defaultCategory }: Context): Seen {
  if ('problem' in raw) return { problem: raw.problem, ...(raw.sku === undefined ? {} : { sku: raw.sku }) };
  const { values: given } = raw;
  const usual = raw.line === undefined ? defaultCategory : (defaultCategory ?? UNCATEGORIZED);
  const parsed = parseRow(ids === 'match' ? raw : withoutIds(raw), { isText: format === 'csv', defaultCategory: usual });
  if ('problem' in parsed) return { ...parsed, given };
  // The position is not stored, so that the next row with this SKU is rejected for the same reason.
  const shortened = parsed.id === undefined ? shortenedSku(parsed) : undefined;
  if (shortened !== undefined) return { problem: shortened, ...skuOf(parsed), given };
  const first = places.take(parsed, position);
  if (first === undefined) return { row: parsed };
  return { problem: problem('DUPLICATE_ROW', `row ${first} has the same product`, 'sku'), ...skuOf(parsed), given };
}

/** The category of a product for which another shop names none. */
const UNCATEGORIZED: CategoryPath = ['Uncategorized'];

function skuOf({ sku }: ImportRow): { sku?: string } {
  return sku === undefined ? {} : { sku };
}

function withoutIds({ values: given, faults = [] }: Exclude<Raw, { problem: RowProblem }>) {
  const { id: _id, version: _version, parentId: _parent, ...values } = given;
  return { values, faults: faults.filter(({ path }) => path !== 'id' && path !== 'version') };
}

const MAX_BAD_ROWS_SHOWN = 20;

/** Returns a function that counts an invalid row, and throws TOO_MANY_BAD_ROWS with the first ones beyond the maximum. */
function createBadRowCount({ maxBadRows, rowsDone }: ReadOptions): (position: number, problem: RowProblem) => Promise<void> {
  const first: FieldError[] = [];
  let count = 0;
  return async (position, { code, errors: [error] }) => {
    if (first.length < MAX_BAD_ROWS_SHOWN) first.push({ path: `row ${position}`, message: `${code}: ${error?.message ?? ''}` });
    if (++count <= maxBadRows || position <= (await rowsDone())) return;
    throw new AppError(bulkErrors.TOO_MANY_BAD_ROWS, {
      detail: `The import has ended: at most ${maxBadRows} rows may be unreadable or invalid. errors has the first of them.`,
      errors: first,
    });
  };
}

function tooMany(maxRows: number): AppError {
  return new AppError(requestErrors.PAYLOAD_TOO_LARGE, {
    detail: `The maximum is ${maxRows} rows, empty rows included.`,
  });
}
