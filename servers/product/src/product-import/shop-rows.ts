import { createHash } from 'node:crypto';
import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import {
  detectFormat,
  isColumnOf,
  knownColumns,
  missingColumns,
  openShopFile,
  repeatedColumns,
  type ShopFileOptions,
  type ShopFormat,
  type ShopRow,
  shopFormats,
} from '../shop-files/index.ts';
import { listedColumns } from './csv-columns.ts';
import { type BlankMode, whyBroken, withBlanks } from './csv-row.ts';
import { problem } from './errors.ts';
import { restore } from './formulas.ts';
import type { RawRow } from './raw-row.ts';
import { type Cell, cellText } from './scan-record.ts';

/** The formats of product files. */
export const fileFormats = ['florin', ...shopFormats] as const;
export type FileFormat = (typeof fileFormats)[number];

export type FoundFormat = {
  fileFormat: FileFormat;
  /** Columns of the file that are not read. */
  ignoredColumns: readonly string[];
};

type Record = { line: number; bytes: Buffer; cells: readonly Cell[] };

export type ShopRows = {
  /** The format and the ignored columns of the headers so far. */
  found(): FoundFormat;
  read(record: Record): Iterable<RawRow>;
  end(): Iterable<RawRow>;
};

/**
 * Decides the format of a file by its header.
 *
 * @param wanted the format that the request names
 * @returns undefined for a file of Florin
 * @throws AppError VALIDATION_FAILED if columns of the format are missing or repeated
 */
export function shopFormatOf(header: readonly string[], wanted: FileFormat | undefined): ShopFormat | undefined {
  const format = wanted ?? detectFormat(header) ?? 'florin';
  if (format === 'florin') return undefined;
  const missing = missingColumns(format, header);
  const repeated = repeatedColumns(format, header);
  if (missing.length + repeated.length === 0) return format;
  const known = knownColumns(format);
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    detail: `The first row must have the columns of a product file of ${format}, each once.`,
    errors: [
      ...listedColumns('missing columns', missing),
      ...listedColumns('repeated columns', repeated),
      ...unknownOf(header, format),
      ...listedColumns(`known columns of ${format}`, known),
    ],
  });
}

function unknownOf(header: readonly string[], format: ShopFormat): FieldError[] {
  const unknown = header.map((cell) => cell.trim()).filter((cell) => cell !== '' && !isColumnOf(format, cell));
  return listedColumns(
    'columns that are not read',
    unknown.map((cell) => JSON.stringify(cell.slice(0, MAX_NAME_LENGTH))),
  );
}

const MAX_NAME_LENGTH = 100;
const MAX_IGNORED = 200;

type Options = ShopFileOptions & { blank: BlankMode };

/** Reads the records of another shop's file as rows of a Florin file. */
export function openShopRows(format: ShopFormat, header: readonly string[], { blank, ...options }: Options): ShopRows {
  const file = openShopFile(format, header, options);
  const digest = createHash('sha256').update(JSON.stringify(header));
  const readSoFar = (): string => digest.copy().digest('hex');
  return {
    found: () => ({
      fileFormat: format,
      ignoredColumns: file
        .ignored()
        .slice(0, MAX_IGNORED)
        .map((cell) => cell.slice(0, MAX_NAME_LENGTH)),
    }),
    *read(record) {
      const { line, bytes, cells: found } = record;
      const cells = found.map((cell) => restore(cellText(bytes, cell)));
      const broken = whyBroken(record, header);
      if (broken !== undefined) yield { problem: broken };
      else if (cells.every((cell) => cell.trim() === '')) yield { isBlank: true };
      else {
        digest.update('\n').update(bytes.subarray(found[0]?.from, found.at(-1)?.to));
        if (cells.slice(file.widthOf(cells)).some((cell) => cell !== '')) yield tooWide(line, cells.length, file.widthOf(cells));
        else yield* rawRows(file.read({ line, cells }), { blank, read: readSoFar() });
      }
    },
    end: () => rawRows(file.end(), { blank, read: readSoFar() }),
  };
}

/** `read`: the hash of the records so far. */
type Reading = { blank: BlankMode; read: string };

function* rawRows(rows: Iterable<ShopRow>, { blank, read }: Reading): Generator<RawRow, void> {
  for (const { line, values: given, refusal } of rows) {
    if (refusal === undefined) {
      const values = withBlanks(given, blank);
      yield { line, values, hashed: { read, values: withoutPrices(values) } };
    } else {
      const refused = problem(refusal.code, refusal.message);
      yield { line, sku: refusal.sku, problem: refused, hashed: { read, problem: refused } };
    }
  }
}

/** Prices of one file differ with the time, which ends sales, and with the tax rate of the shop: a retry has the same hash. */
function withoutPrices({ price: _price, compareAtPrice: _former, compareAtPriceMinor: _none, ...values }: Values): Values {
  return values;
}

type Values = NonNullable<ShopRow['values']>;

function tooWide(line: number, cells: number, columns: number): RawRow {
  return { problem: problem('MALFORMED_ROW', `line ${line} has ${cells} cells, but the header has ${columns}`) };
}
