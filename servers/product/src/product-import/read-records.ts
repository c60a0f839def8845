import type { Turns } from './reading-pace.ts';
import { type Cell, nextLineAfter, type Scan, scanRecord } from './scan-record.ts';

/** Fits a product with fields of maximum length, with each character escaped. */
const MAX_RECORD_BYTES = 128_000;
/** A longer record ends with its first line, because its quote is taken as unclosed. */
const MAX_SCANNED_BYTES = 1_048_576;

export type FileRecord = {
  /** The first of its lines, from 1. */
  line: number;
} & ({ bytes: Buffer; cells: readonly Cell[]; fault?: never } | { cells?: never; fault: RecordFault });

/** The faults of a record, after "line N". They are part of the row hash of an import: a changed text breaks its replay. */
export const faultMessages = {
  TOO_LONG: `has a row of more than ${MAX_RECORD_BYTES} bytes`,
  TOO_WIDE: 'has more cells than a table has columns',
  QUOTE_OPEN: `opens a quote that is not closed within ${MAX_SCANNED_BYTES} bytes; reading went on at the next line. A quote that belongs to the text is written twice`,
  QUOTE_INSIDE:
    'has text behind a closing quote; reading went on at the next line. A quote that belongs to the text is written twice',
} as const;
export type RecordFault = keyof typeof faultMessages;

type Options = {
  turns: Turns;
  /** The byte between two cells. Without it, each line is a record with one cell. */
  delimiter?: number | undefined;
  /** The number of the body's first line. */
  firstLine?: number;
};

/**
 * Splits a file into records. A record that is too long is skipped; after a record with invalid quotes, reading continues at the next
 * line. The sizes of the chunks do not change the records. Memory holds at most twice `MAX_SCANNED_BYTES`.
 *
 * csv-parse cannot do this: it stops at the first record that is too long, and cannot return to an opening quote.
 */
export async function* readRecords(body: AsyncIterable<Buffer>, { turns, ...options }: Options): AsyncGenerator<FileRecord> {
  const cutter = createCutter(options);
  let rest: Buffer = Buffer.alloc(0);
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    // A long record in small chunks is scanned only when its size has doubled.
    if (length < rest.length) continue;
    rest = yield* inTurns(turns, cutter.cut(Buffer.concat([rest, ...chunks]), false));
    chunks = [];
    length = 0;
  }
  yield* inTurns(turns, cutter.cut(Buffer.concat([rest, ...chunks]), true));
}

/** The work of the caller on a record is part of the turn. The last turn ends after the last record. */
async function* inTurns<T, R>(turns: Turns, items: Generator<T, R>): AsyncGenerator<T, R> {
  turns.begin();
  for (;;) {
    const next = items.next();
    if (next.done) {
      await turns.end();
      return next.value;
    }
    yield next.value;
    if (!turns.isOver()) continue;
    await turns.end();
    turns.begin();
  }
}

type Cutter = {
  /** Splits bytes into records. Returns the bytes after the last record, to be passed again with the next bytes. */
  cut(bytes: Buffer, isEnd: boolean): Generator<FileRecord, Buffer>;
};

function createCutter({ delimiter, firstLine = 1 }: Omit<Options, 'turns'>): Cutter {
  let line = firstLine;
  let isSkipping = false;

  const skipLine = (bytes: Buffer, at: number, isEnd: boolean): number => {
    const next = nextLineAfter(bytes, at, isEnd);
    isSkipping = next === undefined;
    if (next !== undefined) line++;
    // A CR at the end is kept, because an LF may follow.
    return next ?? bytes.length - (bytes.at(-1) === CARRIAGE_RETURN ? 1 : 0);
  };

  return {
    *cut(bytes, isEnd) {
      let at = isSkipping ? skipLine(bytes, 0, isEnd) : 0;
      while (at < bytes.length && !isSkipping) {
        const isAll = bytes.length - at <= MAX_SCANNED_BYTES;
        const scanned = isAll ? bytes : bytes.subarray(0, at + MAX_SCANNED_BYTES);
        const scan = scanRecord(scanned, behindByteOrderMark(bytes, at), { delimiter, isEnd: isEnd && isAll });
        if (scan.is === 'cut' && isAll && !isEnd) break;
        if (scan.is !== 'record') {
          yield { line, fault: faultOf(scan) };
          at = skipLine(bytes, at, isEnd);
          continue;
        }
        yield scan.end - at > MAX_RECORD_BYTES ? { line, fault: 'TOO_LONG' } : { line, bytes, cells: scan.cells };
        line += countLineEnds(bytes, at, scan.end);
        at = scan.end;
      }
      return bytes.subarray(at);
    },
  };
}

function faultOf(scan: Exclude<Scan, { is: 'record' }>): RecordFault {
  if (scan.is === 'broken') return 'QUOTE_INSIDE';
  if (scan.is === 'wide') return 'TOO_WIDE';
  return scan.inQuotes ? 'QUOTE_OPEN' : 'TOO_LONG';
}

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Concatenated files have byte order marks in the middle. */
function behindByteOrderMark(bytes: Buffer, at: number): number {
  return bytes[at] === BYTE_ORDER_MARK[0] && BYTE_ORDER_MARK.equals(bytes.subarray(at, at + 3)) ? at + 3 : at;
}

function countLineEnds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === LINE_FEED || (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) count++;
  }
  return count;
}
