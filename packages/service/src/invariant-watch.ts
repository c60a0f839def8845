import { databaseLockName, killStatement, openConnection, takeNamedLock } from '@florin/database';
import type { Invariant, Query } from '@florin/invariants';
import { faultOf, type Logger, type Metrics, sleep } from '@florin/runtime';
import { findViolations } from './find-violations.ts';
import { createInvariantResults, type InvariantResults } from './invariant-results.ts';
import { pacedQuery } from './paced-query.ts';
import { untilAborted } from './until-aborted.ts';

export type InvariantWatchOptions = {
  databaseUrl: string;
  invariants: readonly Invariant[];
  logger: Logger;
  metrics: Pick<Metrics, 'register'>;
  /** Maximum share of one connection's time, in percent; 0: nothing is checked. */
  percent: number;
  /** Milliseconds until the first check (default 10,000), so that a start is not slowed. */
  startAfterMs?: number;
  /** Milliseconds between two rounds of all checks (default 30,000). */
  restMs?: number;
  /** Milliseconds between a finding and its recheck (default 1,000). */
  recheckMs?: number;
  /** Milliseconds after which the server ends a statement (default 10,000). */
  maxStatementMs?: number;
};

export type InvariantWatch = { start(): void; stop(): Promise<void> };

const START_AFTER_MS = 10_000;
const REST_MS = 30_000;
const RECHECK_MS = 1_000;
const RETRY_MS = 10_000;
/** Another instance takes over within this time and the idle time-out of the connection. */
const STANDBY_POLL_MS = 15_000;
const IDLE_TIMEOUT_S = 60;
const PING_EVERY_MS = 5_000;
/** A rule that reads many rows for one key, such as the movements of one product, is not checked beyond it. */
const MAX_STATEMENT_MS = 10_000;
/** The server has ended a statement by then; one that says nothing is away. */
const SILENCE_AFTER_MS = 5_000;
/** A database that is away must not hold up the stop. */
const MAX_KILL_MS = 1_000;

/**
 * Checks the invariants of a service's database over and over, one statement at a time, on a connection of its own. It takes no row
 * lock, so that no purchase waits for it. One instance per database checks: the holder of a named lock. Only its metrics have
 * results. A stop ends the statement that runs.
 */
export function watchInvariants(options: InvariantWatchOptions): InvariantWatch {
  const { logger, metrics, percent } = options;
  const stopping = new AbortController();
  const results = createInvariantResults(options.invariants, logger);
  metrics.register(...results.metrics);
  let running: Promise<void> = Promise.resolve();
  return {
    start() {
      if (percent > 0) running = keepChecking(options, results, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function keepChecking(options: InvariantWatchOptions, results: InvariantResults, signal: AbortSignal): Promise<void> {
  await sleep(options.startAfterMs ?? START_AFTER_MS, signal);
  while (!signal.aborted) {
    try {
      await checkAsHolder(options, results, signal);
    } catch (error) {
      if (signal.aborted) return;
      options.logger.warn('the checks of the invariants were interrupted', faultOf(error));
      await sleep(RETRY_MS, signal);
    } finally {
      results.forget();
    }
  }
}

/** Checks on the connection that holds the lock: an instance that lost the lock has lost the connection too. */
async function checkAsHolder(options: InvariantWatchOptions, results: InvariantResults, signal: AbortSignal): Promise<void> {
  const { databaseUrl, percent, restMs = REST_MS, maxStatementMs = MAX_STATEMENT_MS } = options;
  const connection = await openConnection(databaseUrl, {
    idleTimeoutS: IDLE_TIMEOUT_S,
    maxSelectMs: maxStatementMs,
    silenceTimeoutMs: maxStatementMs + SILENCE_AFTER_MS,
  });
  const ping = setInterval(() => void connection.ping().catch(() => {}), PING_EVERY_MS);
  try {
    const lock = databaseLockName('florin-invariants', databaseUrl);
    while (!(await untilAborted(takeNamedLock(connection, lock), signal))) await sleep(STANDBY_POLL_MS, signal);
    results.begin();
    const query = pacedQuery(connection, { percent, signal });
    while (!signal.aborted) {
      await checkAll(options, { query, results, signal });
      await sleep(restMs, signal);
    }
  } catch (error) {
    const kill = (): Promise<void> => untilAborted(killStatement(connection, databaseUrl), AbortSignal.timeout(MAX_KILL_MS));
    if (signal.aborted) await kill().catch(() => {});
    throw error;
  } finally {
    clearInterval(ping);
    connection.destroy();
  }
}

type Round = { query: Query; results: InvariantResults; signal: AbortSignal };

async function checkAll({ logger, recheckMs = RECHECK_MS }: InvariantWatchOptions, round: Round): Promise<void> {
  const { query, results, signal } = round;
  for (const [check, rules] of results.rules) {
    if (signal.aborted) return;
    const startedAt = performance.now();
    try {
      const violations = await findViolations(query, rules, () => sleep(recheckMs, signal));
      results.set(check, { violations, durationMs: performance.now() - startedAt });
    } catch (error) {
      if (signal.aborted || isConnectionLost(error)) throw error;
      // The age of the check grows. The other rules go on.
      logger.warn('an invariant could not be checked', { invariant: check, ...faultOf(error) });
    }
  }
}

/** mysql2 marks the errors after which a connection is of no use. */
function isConnectionLost(error: unknown): boolean {
  return (error as { fatal?: boolean }).fatal === true;
}
