import { currentSpan } from './request-context.ts';
import { errorTypeOf } from './tracer.ts';

const MAX_TEXT = 512;

/**
 * Records a statement in the current span. Takes its text with question marks in the place of values, and keeps its beginning:
 * the statement of a set is as long as the set.
 *
 * @returns the function to call when the statement has ended; undefined if the current trace is not sampled
 */
export function traceStatement(sql: string): ((error: Error | null) => void) | undefined {
  const span = currentSpan()?.child(operationOf(sql), {
    kind: 'client',
    attributes: { 'db.system.name': 'mysql', 'db.query.text': sql.length > MAX_TEXT ? `${sql.slice(0, MAX_TEXT)}…` : sql },
  });
  return span && ((error) => span.end(error === null ? {} : { errorType: errorTypeOf(error) }));
}

/** `SELECT`, `INSERT`, `COMMIT` and so on. */
function operationOf(sql: string): string {
  return /^\s*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
}
