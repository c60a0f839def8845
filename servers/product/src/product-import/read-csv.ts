import { isUtf8 } from 'node:buffer';
import { AppError, requestErrors } from '@florin/app-response';
import type { ShopFileOptions } from '../shop-files/index.ts';
import { beginCsv } from './begin-csv.ts';
import { readHeader } from './csv-columns.ts';
import { type BlankMode, csvRow } from './csv-row.ts';
import { problem } from './errors.ts';
import type { RawRow } from './raw-row.ts';
import { type FileRecord, faultMessages, readRecords } from './read-records.ts';
import type { Turns } from './reading-pace.ts';
import { cellBytes } from './scan-record.ts';
import { type FileFormat, type FoundFormat, openShopRows, type ShopRows, shopFormatOf } from './shop-rows.ts';

export type CsvOptions = Omit<ShopFileOptions, 'now'> & {
  /** Decides whether a sale price is in force. Default: the time of the header. */
  now?: Date;
  blank: BlankMode;
  turns: Turns;
  /** Undefined: the header decides. */
  fileFormat?: FileFormat | undefined;
  /** Called with the format and the ignored columns of the header, and again at the end: a file may have several headers. */
  report?: ((found: FoundFormat) => void) | undefined;
};

/**
 * Reads the rows of a CSV file (RFC 4180) and its variants from spreadsheets: a BOM, semicolons, tabs or bars, a `sep=` line, any
 * line ends, empty rows and columns without a name. The first row names the columns: those of Florin, or of another shop's export.
 *
 * @throws AppError VALIDATION_FAILED for an invalid header
 */
export async function* readCsv(body: AsyncIterable<Buffer>, options: CsvOptions): AsyncGenerator<RawRow> {
  const { blank, turns } = options;
  const { delimiter, line, table } = await beginCsv(body);
  let columns: readonly (string | undefined)[] | undefined;
  let shop: ShopRows | undefined;
  for await (const record of readRecords(table, { delimiter, firstLine: line, turns })) {
    if (columns === undefined) {
      const header = headerCells(record);
      shop = openShop(header, options);
      columns = shop === undefined ? readHeader(header) : header;
    } else if (record.cells === undefined) yield faultyRow(record);
    else if (shop === undefined) yield csvRow(record, { columns, blank });
    else yield* inTurns(shop.read(record), turns);
  }
  if (columns === undefined) readHeader([]);
  if (shop === undefined) return;
  yield* inTurns(shop.end(), turns);
  options.report?.(shop.found());
}

/** Opens the file of another shop; undefined if it is a file of Florin. */
function openShop(
  header: readonly string[],
  { fileFormat, report, now = new Date(), ...options }: CsvOptions,
): ShopRows | undefined {
  const format = shopFormatOf(header, fileFormat);
  const shop = format === undefined ? undefined : openShopRows(format, header, { ...options, now });
  report?.(shop?.found() ?? { fileFormat: 'florin', ignoredColumns: [] });
  return shop;
}

/** One record may end a product of many rows. */
async function* inTurns(rows: Iterable<RawRow>, turns: Turns): AsyncGenerator<RawRow> {
  for (const row of rows) {
    yield row;
    if (!turns.isOver()) continue;
    await turns.end();
    turns.begin();
  }
}

function faultyRow({ line, fault }: FileRecord & { fault: keyof typeof faultMessages }): RawRow {
  return { problem: problem('UNREADABLE', `line ${line} ${faultMessages[fault]}`) };
}

function headerCells({ line, ...record }: FileRecord): string[] {
  const names = record.cells?.map((cell) => cellBytes(record.bytes, cell));
  if (names?.every((name) => isUtf8(name))) return names.map((name) => name.toString());
  const why = record.fault === undefined ? 'is not UTF-8: save the file as CSV UTF-8' : faultMessages[record.fault];
  const message = `line ${line}, the header, ${why}`;
  throw new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'header', message }] });
}
