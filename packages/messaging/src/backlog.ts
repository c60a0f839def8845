import { AppError, requestErrors } from '@florin/app-response';
import { Degraded, faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';
import type { BacklogGauges } from './backlog-gauges.ts';
import type { Broker } from './broker.ts';
import { isOutboxFull, type OutboxSize, readOutboxSize } from './outbox-size.ts';
import { type Lag, readLag } from './read-lag.ts';

const LOOK_EVERY_MS = 1_000;
const MEASURE_EVERY_MS = 10_000;
const RETRY_AFTER_S = '5';
/** Seconds. A consumer in step has a lag below it, also while it handles a large batch. */
const BEHIND_S = 2;
/** How far two computations of the time of one event may differ. */
const SAME_EVENT_WITHIN_MS = 1_000;

export type BacklogLimits = {
  /** Maximum number of events that wait to be published. Beyond it, new writes get 503. */
  maxRows: number;
  /** Seconds of delay, of the oldest event in the outbox or of the consumer, from which readiness says `degraded`. */
  degradedS: number;
  /** Seconds of delay beyond which new purchases get 503. */
  maxS: number;
};

export type BacklogOptions = {
  db: Knex;
  broker: Broker;
  logger: Logger;
  consumer: string;
  /** The topics that the consumer subscribes to. */
  topics: readonly string[];
  limits: BacklogLimits;
  gauges?: BacklogGauges | undefined;
  /** Milliseconds between two looks at the outbox (default 1,000) and between two measurements of the rest (default 10,000). */
  lookEveryMs?: number;
  measureEveryMs?: number;
};

export type Backlog = {
  start(): void;
  /** Waits for the measurement under way. */
  stop(): Promise<void>;
  /** @throws AppError UNAVAILABLE (503) with Retry-After while the outbox is full */
  applyBackpressure(): void;
  /** @throws AppError UNAVAILABLE (503) with Retry-After while events are delayed by more than the limit */
  assertTimely(): void;
  /** Whether the consumer is behind, so that copies kept by events may be stale. True until the first measurement, and while none succeeds. */
  isBehind(): boolean;
  /** When the oldest event was last seen to have left the outbox, by `performance.now()`; undefined before the first time. */
  drainedAt(): number | undefined;
  /** Start of the last measurement that found the consumer in step, by `performance.now()`; negative infinity before the first. */
  inStepAt(): number;
  /** For `/health/ready`: degraded while events are delayed, in the outbox or before the consumer. */
  check(): void;
};

/**
 * Watches the backlog: events in the outbox, and messages in Kafka that the consumer has not handled. Looks at the outbox every
 * second and measures the rest every ten, whether or not metrics are read.
 */
export function watchBacklog(options: BacklogOptions): Backlog {
  const { db, broker, logger, consumer, topics, limits, gauges } = options;
  const { lookEveryMs = LOOK_EVERY_MS, measureEveryMs = MEASURE_EVERY_MS } = options;
  let isFull = false;
  let size: OutboxSize = { span: 0, oldestAgeS: 0, parked: 0 };
  let oldestWrittenAt = 0;
  let drainedAt: number | undefined;
  let lags: readonly Lag[] = [];
  let isBehind = topics.length > 0;
  let inStepAt = Number.NEGATIVE_INFINITY;
  let measuring: Promise<void> = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];

  const look = async (): Promise<void> => {
    const now = await readOutboxSize(db, { maxParked: limits.maxRows + 1 });
    const writtenAt = performance.now() - now.oldestAgeS * 1000;
    if (size.span > 0 && (now.span === 0 || writtenAt > oldestWrittenAt + SAME_EVENT_WITHIN_MS)) drainedAt = performance.now();
    oldestWrittenAt = writtenAt;
    size = now;
    const wasFull = isFull;
    isFull = await isOutboxFull(db, size, limits.maxRows);
    if (isFull === wasFull) return;
    const message = isFull ? 'the outbox is full: new writes are refused' : 'the outbox has room again';
    logger.warn(message, { maxRows: limits.maxRows });
  };
  const measure = async (): Promise<void> => {
    await gauges?.measure(db, { consumer, size });
    if (topics.length === 0) return;
    const begunAt = performance.now();
    lags = await readLag(db, broker, { consumer, topics }).catch((error: unknown) => {
      isBehind = true;
      throw error;
    });
    isBehind = lags.some(({ seconds }) => seconds >= BEHIND_S);
    if (!isBehind) inStepAt = begunAt;
    gauges?.setLags(lags);
  };
  const delays = (): { what: string; seconds: number }[] => [
    { what: 'the oldest event in the outbox has waited', seconds: size.oldestAgeS },
    ...lags.map(({ topic, seconds }) => ({ what: `the consumer is behind in ${topic} by`, seconds })),
  ];
  const every = (periodMs: number, work: () => Promise<void>): void => {
    let isRunning = false;
    const run = async (): Promise<void> => {
      if (isRunning) return;
      isRunning = true;
      // An unavailable database or broker is reported by its own check.
      await work().catch((error: unknown) => logger.debug('could not measure the backlog', faultOf(error)));
      isRunning = false;
    };
    const timer = setInterval(() => {
      measuring = Promise.all([measuring, run()]).then(() => {});
    }, periodMs);
    timers.push(timer);
    measuring = Promise.all([measuring, run()]).then(() => {});
  };

  return {
    start() {
      every(lookEveryMs, look);
      every(measureEveryMs, measure);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await measuring;
    },
    isBehind: () => isBehind,
    drainedAt: () => drainedAt,
    inStepAt: () => inStepAt,
    applyBackpressure() {
      if (isFull) throw unavailable('Too many events wait to be published.');
    },
    assertTimely() {
      // Called for every purchase: no lists and texts.
      if (size.oldestAgeS > limits.maxS || lags.some(({ seconds }) => seconds > limits.maxS))
        throw unavailable('Events are delayed. New purchases would wait too long for their decision.');
    },
    check() {
      const reasons = delays()
        .filter(({ seconds }) => seconds > limits.degradedS)
        .map(({ what, seconds }) => `${what} ${Math.round(seconds)} s`);
      if (isFull) reasons.push(`the outbox is full (${limits.maxRows} events)`);
      if (reasons.length > 0) throw new Degraded(reasons.join('; '));
    },
  };
}

function unavailable(detail: string): AppError {
  return new AppError(requestErrors.UNAVAILABLE, { detail, headers: { 'Retry-After': RETRY_AFTER_S } });
}
