import { createHash } from 'node:crypto';
import { AppError, requestErrors } from '@florin/app-response';
import { problem, type RowProblem } from './errors.ts';
import { type ImportRow, parseRow } from './import-row.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';

export type RawRow = { values: unknown } | { problem: RowProblem };

export const bulkTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type BulkFormat = keyof typeof bulkTypes;

/** A row with its place in the file, from 1, and the hash of all rows up to it. */
export type ReadRow = { position: number; hash: Buffer; length: number } & (
  | { row: ImportRow; problem?: never }
  | { row?: never; problem: RowProblem; sku?: string | undefined }
);

const REPLACEMENT = '\uFFFD';

type Options = { format: BulkFormat; mostRows: number; rowsDone(): Promise<number>; seed: Buffer };

/**
 * The rows of a file, each read and looked through by itself; what is wrong with one is its problem.
 *
 * @param options `rowsDone`: asked where there are more than `mostRows`, how many rows of the file were imported before; `seed`:
 *   what the hash begins with
 * @throws AppError PAYLOAD_TOO_LARGE behind both, and what reading the body throws
 */
export async function* readRows(
  body: AsyncIterable<Buffer>,
  { format, mostRows, rowsDone, seed }: Options,
): AsyncGenerator<ReadRow> {
  const places = new Map<string, number>();
  let limit = mostRows;
  let position = 0;
  let hash = seed;
  for await (const raw of format === 'csv' ? readCsv(body) : readNdjson(body)) {
    position++;
    if (position === mostRows + 1) limit = Math.max(mostRows, await rowsDone());
    if (position > limit) {
      throw new AppError(requestErrors.PAYLOAD_TOO_LARGE, { detail: `At most ${mostRows} rows are taken.` });
    }
    const text = JSON.stringify(raw);
    hash = createHash('sha256').update(hash).update(text).digest();
    yield { position, hash, length: text.length, ...lookThrough(raw, { text, format, position, places }) };
  }
}

type Context = { text: string; format: BulkFormat; position: number; places: Map<string, number> };

function lookThrough(raw: RawRow, { text, format, position, places }: Context): { row: ImportRow } | { problem: RowProblem } {
  if ('problem' in raw) return raw;
  if (text.includes(REPLACEMENT)) return { problem: problem('NOT_UTF8', 'not UTF-8') };
  const parsed = parseRow(raw.values, { isText: format === 'csv' });
  if ('problem' in parsed) return parsed;
  const name = parsed.row.sku ?? `id ${parsed.row.id}`;
  const first = places.get(name);
  if (first !== undefined)
    return {
      ...(parsed.row.sku === undefined ? {} : { sku: parsed.row.sku }),
      problem: problem('DUPLICATE_ROW', `the same product as in row ${first}`, 'sku'),
    };
  places.set(name, position);
  return parsed;
}
