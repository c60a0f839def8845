import { problem } from './errors.ts';
import { csvRecords } from './read-csv.ts';
import type { RawRow } from './read-rows.ts';

/** The lines of a file, by the reader of CSV: one column without quotes, for NUL is in no JSON. */
const LINES = { delimiter: '\0', quote: false, escape: false, record_delimiter: ['\r\n', '\n'] };

/** The rows of newline-delimited JSON: an object on each line. */
export async function* readNdjson(body: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  for await (const line of csvRecords(body, LINES)) yield Array.isArray(line) ? rowOf(line.join('\0')) : line;
}

function rowOf(line: string): RawRow {
  try {
    const values: unknown = JSON.parse(line);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { values };
    return { problem: problem('MALFORMED_ROW', 'not a JSON object') };
  } catch {
    return { problem: problem('MALFORMED_ROW', 'not JSON') };
  }
}
