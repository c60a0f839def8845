import { isUtf8 } from 'node:buffer';
import { AppError, requestErrors } from '@florin/app-response';
import { beginCsv } from './begin-csv.ts';
import { readHeader } from './csv-columns.ts';
import { type BlankMode, csvRow } from './csv-row.ts';
import { problem } from './errors.ts';
import type { RawRow } from './raw-row.ts';
import { type FileRecord, faultMessages, readRecords } from './read-records.ts';
import type { Turns } from './reading-pace.ts';
import { cellBytes } from './scan-record.ts';

/**
 * Reads the rows of a CSV file (RFC 4180) and its variants from spreadsheets: a BOM, semicolons, tabs or bars, a `sep=` line, any
 * line ends, empty rows and columns without a name. The first row names the columns.
 *
 * @throws AppError VALIDATION_FAILED for an invalid header
 */
export async function* readCsv(
  body: AsyncIterable<Buffer>,
  { blank, turns }: { blank: BlankMode; turns: Turns },
): AsyncGenerator<RawRow> {
  const { delimiter, line, table } = await beginCsv(body);
  let columns: readonly (string | undefined)[] | undefined;
  for await (const record of readRecords(table, { delimiter, firstLine: line, turns })) {
    if (columns === undefined) columns = readHeader(headerCells(record));
    else if (record.cells === undefined) yield faultyRow(record);
    else yield csvRow(record, { columns, blank });
  }
  if (columns === undefined) readHeader([]);
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
