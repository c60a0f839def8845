import { isShopColumn } from '../shop-files/index.ts';
import { findColumn } from './csv-columns.ts';
import { cellText, scanRecord } from './scan-record.ts';

const MAX_HEADER_BYTES = 65_536;
const delimiters = [',', ';', '\t', '|'];

/** Byte order marks, empty lines and rows of empty cells, in any order. */
const EMPTY = '(?:\\xEF\\xBB\\xBF|[\\r\\n]|[,;\\t|]+(?=[\\r\\n]))*';
/** `sep=;`, which Excel reads, also with the empty cells after it that Excel adds when it saves the file again. */
const BEGINNING = new RegExp(`^${EMPTY}(?:"?sep=([^\\w"\\r\\n\\x80-\\xFF])"?[,;\\t| ]*(?:\\r\\n|[\\r\\n])${EMPTY})?`, 'i');

type Beginning = {
  /** The byte between two cells. */
  delimiter: number;
  /** The number of the header's line. */
  line: number;
  /** The rest of the file, from the header. */
  table: AsyncIterable<Buffer>;
};

/**
 * Reads the beginning of a CSV file up to its header, and finds the delimiter: the one that splits the header into the most known
 * columns. If several are equal, `sep=` decides.
 */
export async function beginCsv(body: AsyncIterable<Buffer>): Promise<Beginning> {
  const rest = body[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  for (;;) {
    const { bytes, isEnd } = await readAtLeast(rest, start.length);
    start = Buffer.concat([start, bytes]);
    const beginning = readBeginning(start, isEnd || start.length >= MAX_HEADER_BYTES);
    if (beginning !== undefined) return { ...beginning, table: joined(start.subarray(beginning.from), rest) };
  }
}

/** Reads as many bytes as there are already, so that a header in small chunks is scanned only when its size has doubled. */
async function readAtLeast(rest: AsyncIterator<Buffer>, length: number): Promise<{ bytes: Buffer; isEnd: boolean }> {
  const chunks: Buffer[] = [];
  for (let read = 0; read < Math.max(1, length); ) {
    const next = await rest.next();
    if (next.done === true) return { bytes: Buffer.concat(chunks), isEnd: true };
    chunks.push(next.value);
    read += next.value.length;
  }
  return { bytes: Buffer.concat(chunks), isEnd: false };
}

type Read = Omit<Beginning, 'table'> & { from: number };

/** @returns undefined if the bytes end before the header */
function readBeginning(start: Buffer, isAll: boolean): Read | undefined {
  const text = start.toString('latin1', 0, MAX_HEADER_BYTES);
  const [before = '', told] = BEGINNING.exec(text) ?? [];
  const from = before.length;
  const candidates = told === undefined ? delimiters : [told, ...delimiters];
  const scans = candidates.map((delimiter) => countColumns(start, from, { delimiter: delimiter.charCodeAt(0), isEnd: isAll }));
  if (!isAll && scans.some((scan) => scan === undefined)) return undefined;
  const best = scans.reduce((best, scan, index) => (isBetter(scan, scans[best]) ? index : best), 0);
  const line = before.split(/\r\n|[\r\n]/).length;
  return { from, line, delimiter: (candidates[best] ?? ',').charCodeAt(0) };
}

type Count = { known: number; all: number };

function countColumns(start: Buffer, from: number, options: { delimiter: number; isEnd: boolean }): Count | undefined {
  const scan = scanRecord(start, from, options);
  if (scan.is === 'cut') return undefined;
  if (scan.is !== 'record') return { known: 0, all: 0 };
  const names = scan.cells.map((cell) => cellText(start, cell));
  const known = names.filter((name) => findColumn(name) !== undefined || isShopColumn(name));
  return { known: new Set(known.map((name) => name.trim().toLowerCase())).size, all: names.length };
}

function isBetter(one: Count | undefined, other: Count | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.known > other.known || (one.known === other.known && one.all > other.all);
}

async function* joined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* { [Symbol.asyncIterator]: () => rest };
}
