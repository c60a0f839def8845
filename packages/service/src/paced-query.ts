import type { openConnection } from '@florin/database';
import type { Query } from '@florin/invariants';
import { sleep } from '@florin/runtime';
import { untilAborted } from './until-aborted.ts';

type Connection = Awaited<ReturnType<typeof openConnection>>;
type Pace = { percent: number; signal: AbortSignal };

/** A slow statement must not stop the checks for minutes. */
const MAX_REST_MS = 10_000;

/**
 * Creates a query that rests after each statement, so that its statements take at most `percent` of the connection's time. It throws
 * as soon as the signal aborts; the caller ends the statement.
 */
export function pacedQuery(connection: Connection, { percent, signal }: Pace): Query {
  return async <Row>(sql: string, values: readonly unknown[] = []) => {
    const startedAt = performance.now();
    signal.throwIfAborted();
    const [rows] = await untilAborted(connection.query(sql, values as unknown[]), signal);
    const restMs = (performance.now() - startedAt) * (100 / percent - 1);
    if (restMs > 0) await sleep(Math.min(restMs, MAX_REST_MS), signal);
    return rows as Row[];
  };
}
