import type { protocolErrors } from '@platformatic/kafka';

type Fault = Error & { apiId?: string; apiCode?: number; canRetry?: boolean; needsRejoin?: boolean; response?: unknown };

const LASTING = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);
/** The library calls it final. Only its text tells it from other faults: it has no code. */
const UNKNOWN_TOPIC = /^Unknown topic /;

/** Lists an error with everything that it consists of and was caused by. */
export function faultsOf(error: unknown): Fault[] {
  const faults: Fault[] = [];
  const open: unknown[] = [error];
  while (open.length > 0) {
    const next = open.shift();
    if (!(next instanceof Error) || faults.includes(next)) continue;
    faults.push(next);
    open.push(...(next instanceof AggregateError ? (next.errors as unknown[]) : []), next.cause);
  }
  return faults;
}

/**
 * Makes an error whose message says what happened: the library nests the broker's answers, and its own messages only name the
 * operation. The error is kept as the cause.
 */
export function explain(error: unknown): Error {
  const leaves = faultsOf(error).filter((fault) => fault.cause === undefined && !(fault instanceof AggregateError));
  const reasons = new Set(leaves.map(({ message, apiId }) => (apiId === undefined ? message : `${apiId}: ${message}`)));
  return new Error([...reasons].join('; '), { cause: error });
}

/** Awaits a call of the library. */
export async function explained<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw explain(error);
  }
}

/** Whether waiting may cure an error. An error without a verdict of the library comes from the consumer's database. */
export function mayPass(error: unknown): boolean {
  const faults = faultsOf(error);
  if (faults.some(({ name, message }) => name === 'OtherDriver' || UNKNOWN_TOPIC.test(message))) return true;
  // One final fault among several makes all of them final for the library. A retry shows whether it is.
  if (faults.some(({ canRetry }) => canRetry === true)) return true;
  return !faults.some(({ name, canRetry }) => canRetry === false || LASTING.has(name));
}

export function isUnknownTopic(error: unknown): boolean {
  const isMissing = faultsOf(error).some(({ message }) => UNKNOWN_TOPIC.test(message));
  return isMissing || hasCode(error, 'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'INCONSISTENT_TOPIC_ID');
}

export function hasCode(error: unknown, ...codes: (keyof typeof protocolErrors)[]): boolean {
  return faultsOf(error).some(({ apiId }) => (codes as (string | undefined)[]).includes(apiId));
}

/** Whether the broker no longer counts this consumer as a member in the current generation of its group. */
export function hasLeftGroup(error: unknown): boolean {
  return faultsOf(error).some(({ needsRejoin }) => needsRejoin === true);
}
