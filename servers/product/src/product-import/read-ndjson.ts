import { isUtf8 } from 'node:buffer';
import { problem } from './errors.ts';
import { columnType, isStructured } from './file-columns.ts';
import { findMembers } from './json-members.ts';
import type { RawRow } from './raw-row.ts';
import { faultMessages, readRecords } from './read-records.ts';
import type { Turns } from './reading-pace.ts';
import { cellBytes } from './scan-record.ts';
import { whyNotUtf8 } from './why-not-utf8.ts';

/** Reads the rows of newline-delimited JSON, one object per line. */
export async function* readNdjson(body: AsyncIterable<Buffer>, options: { turns: Turns }): AsyncGenerator<RawRow> {
  for await (const { line, ...record } of readRecords(body, options)) {
    const [cell] = record.cells ?? [];
    if (record.fault !== undefined) yield { problem: problem('UNREADABLE', `line ${line} ${faultMessages[record.fault]}`) };
    else if (cell !== undefined) yield rowOf(cellBytes(record.bytes, cell), line);
  }
}

function rowOf(bytes: Buffer, line: number): RawRow {
  const text = bytes.toString();
  if (text.trim() === '') return { isBlank: true };
  const values = parse(text);
  if (!isObject(values)) return malformed(line, values === undefined ? 'not JSON' : 'not a JSON object');
  const nested = Object.keys(values).find((name) => depthOf(values[name]) > (isStructured(name) ? MAX_DEPTH : 0));
  // JSON.parse accepts thousands of levels, but validation and JSON.stringify would overflow the stack.
  if (nested !== undefined)
    return {
      problem: problem(
        'MALFORMED_ROW',
        `${nested} ${isStructured(nested) ? 'is nested too deeply' : 'must not be a list or an object'}`,
        nested,
      ),
      hashed: text,
    };
  if (!isUtf8(bytes)) return { problem: problem('NOT_UTF8', `line ${line} ${whyNotUtf8(bytes)}`), hashed: { values } };
  const { repeated, notIntegers } = findMembers(text);
  if (repeated !== undefined)
    return { problem: problem('MALFORMED_ROW', `${repeated} occurs more than once`, repeated), hashed: { values } };
  const wrong = [...notIntegers].filter(([path]) => columnType(path) !== 'decimal');
  if (wrong.length === 0) return { values };
  const faults = wrong.map(([path, number]) => ({ path, message: `${path} ${notAnInteger(number)}` }));
  return { values: { ...values, ...Object.fromEntries(wrong) }, faults, hashed: { values } };
}

function notAnInteger(number: string): string {
  return `must be an integer without decimals and exponent (it is ${number.slice(0, 40)})`;
}

/** Hashes the text of the previous release, without the line number: `why` must not change (see RawRow). */
function malformed(line: number, why: string): RawRow {
  return { problem: problem('MALFORMED_ROW', `line ${line} is ${why}`), hashed: { problem: problem('MALFORMED_ROW', why) } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Images are objects in a list. */
const MAX_DEPTH = 2;

/** The number of levels of lists and objects, up to one more than is allowed. */
function depthOf(value: unknown, levels = MAX_DEPTH + 1): number {
  if (typeof value !== 'object' || value === null || levels === 0) return 0;
  let deepest = 0;
  for (const part of Object.values(value)) deepest = Math.max(deepest, depthOf(part, levels - 1));
  return 1 + deepest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
