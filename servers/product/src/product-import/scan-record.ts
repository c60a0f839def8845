const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
/** The number of columns of an Excel sheet. */
const MAX_CELLS = 16_384;

/** Positions of a cell: its text without the surrounding quotes, and the byte after it. */
export type Cell = { from: number; to: number; next: number; hasQuotes: boolean };

export type Scan =
  /** `end`: start of the next record. */
  | { is: 'record'; cells: Cell[]; end: number }
  /** The bytes end inside the record: read more. At the end of the file, a quote is not closed. */
  | { is: 'cut'; inQuotes: boolean }
  /** The record has more than `MAX_CELLS` cells. */
  | { is: 'wide' }
  /** A closing quote is not followed by a delimiter or a line end. */
  | { is: 'broken' };

export type ScanOptions = {
  /** The byte between two cells. Without it, a record is a line with one cell, and quotes are text. */
  delimiter?: number | undefined;
  /** True if the bytes reach to the end of the file. */
  isEnd: boolean;
};

/**
 * Scans the record of a CSV file (RFC 4180) that begins at `start`. CR LF, LF and CR end a record; inside quotes they are text. A
 * quote is text if its cell does not begin with one. Delimiters, quotes and line ends are single bytes in UTF-8 and in all code pages,
 * so the encoding does not matter.
 */
export function scanRecord(bytes: Buffer, start: number, { delimiter, isEnd }: ScanOptions): Scan {
  const cells: Cell[] = [];
  let at = start;
  for (;;) {
    const isQuoted = delimiter !== undefined && bytes[at] === QUOTE;
    const cell = isQuoted ? quotedCell(bytes, at, { delimiter, isEnd }) : bareCell(bytes, at, delimiter);
    if (cell === undefined) return { is: 'cut', inQuotes: true };
    if (cells.length === MAX_CELLS) return { is: 'wide' };
    cells.push(cell);
    if (delimiter !== undefined && bytes[cell.next] === delimiter) {
      at = cell.next + 1;
      continue;
    }
    const end = lineEndAt(bytes, cell.next, isEnd);
    if (end === undefined) return { is: 'cut', inQuotes: false };
    return end === cell.next && end < bytes.length ? { is: 'broken' } : { is: 'record', cells, end };
  }
}

/** The bytes of a cell's text, with doubled quotes reduced to one. */
export function cellBytes(bytes: Buffer, { from, to, hasQuotes }: Cell): Buffer {
  const content = bytes.subarray(from, to);
  return hasQuotes ? Buffer.from(content.toString('latin1').replaceAll('""', '"'), 'latin1') : content;
}

/** The text of a cell, decoded as UTF-8. */
export function cellText(bytes: Buffer, { from, to, hasQuotes }: Cell): string {
  if (from === to) return '';
  const text = bytes.toString('utf8', from, to);
  return hasQuotes ? text.replaceAll('""', '"') : text;
}

/**
 * Finds the start of the next line, ignoring quotes.
 *
 * @returns undefined if the bytes end before it
 */
export function nextLineAfter(bytes: Buffer, start: number, isEnd: boolean): number | undefined {
  for (let at = start; at < bytes.length; at++) if (isLineEnd(bytes[at])) return lineEndAt(bytes, at, isEnd);
  return isEnd ? bytes.length : undefined;
}

/** @returns undefined if the bytes end before the closing quote, or just after it, because it may be the first of two */
function quotedCell(bytes: Buffer, start: number, { delimiter, isEnd }: ScanOptions): Cell | undefined {
  let hasQuotes = false;
  for (let at = start + 1; ; at += 2) {
    at = bytes.indexOf(QUOTE, at);
    if (at < 0 || (at + 1 === bytes.length && !isEnd)) return undefined;
    if (bytes[at + 1] !== QUOTE) return { from: start + 1, to: at, next: behindSpaces(bytes, at + 1, delimiter), hasQuotes };
    hasQuotes = true;
  }
}

function behindSpaces(bytes: Buffer, start: number, delimiter: number | undefined): number {
  let at = start;
  while (bytes[at] === SPACE && delimiter !== SPACE) at++;
  return at;
}

function bareCell(bytes: Buffer, start: number, delimiter: number | undefined): Cell {
  let at = start;
  while (at < bytes.length && bytes[at] !== delimiter && !isLineEnd(bytes[at])) at++;
  return { from: start, to: at, next: at, hasQuotes: false };
}

/** Finds the end of the line end at `at`: `at` itself if there is none; undefined if more bytes are needed. */
function lineEndAt(bytes: Buffer, at: number, isEnd: boolean): number | undefined {
  if (at >= bytes.length) return isEnd ? at : undefined;
  if (bytes[at] === LINE_FEED) return at + 1;
  if (bytes[at] !== CARRIAGE_RETURN) return at;
  if (bytes[at + 1] === LINE_FEED) return at + 2;
  return at + 1 === bytes.length && !isEnd ? undefined : at + 1;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
