import { takeRandom } from './take-random.ts';

const KNOWN_FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/s;
const ZEROS = /^0+$/;
const SAMPLED = 1;
const TRACE_ID_BYTES = 16;
const PARENT_ID_BYTES = 8;
/** The last digit of the flags. */
const FLAGS_END = 54;

/**
 * Parses a `traceparent` header (W3C Trace Context). An unknown version is read by the known part, and becomes version 00 with
 * only the sampled flag.
 *
 * @returns undefined for an invalid header, which must be ignored
 */
export function readTraceparent(header: unknown): string | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, traceId = '', parentId = '', flags = '', rest] = KNOWN_FORM.exec(header) ?? [];
  if (version === undefined || version === 'ff' || ZEROS.test(traceId) || ZEROS.test(parentId)) return undefined;
  if (version === '00') return rest === undefined ? header : undefined;
  const isSampled = (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED;
  return `00-${traceId}-${parentId}-${isSampled ? '01' : '00'}`;
}

/** Starts a trace. It is not sampled, because nothing has recorded it yet. */
export function newTraceparent(): string {
  const hex = takeRandom(TRACE_ID_BYTES + PARENT_ID_BYTES).toString('hex');
  return `00-${hex.slice(0, 2 * TRACE_ID_BYTES)}-${hex.slice(2 * TRACE_ID_BYTES)}-00`;
}

/** Whether the sender records the trace of a valid `traceparent`. */
export function isSampled(traceparent: string): boolean {
  return (Number.parseInt(traceparent[FLAGS_END] ?? '0', 16) & SAMPLED) === SAMPLED;
}
