import { queryOne } from '@florin/database';
import { topics } from '@florin/events';
import type { LabelBounds, Metrics } from '@florin/runtime';
import type { Knex } from 'knex';
import { countOutbox, type OutboxSize } from './outbox-size.ts';
import type { Lag } from './read-lag.ts';

/** Gauges stop at this number: counting further would cost a longer scan. */
const MAX_COUNTED = 10_000;
/** Six measurements. A value that is older is not shown, because the database or the broker is away. */
const MAX_AGE_MS = 60_000;

export type BacklogGauges = {
  /** Sets the gauges of the outbox, dead letters and parked keys. */
  measure(db: Knex, look: { consumer: string; size: OutboxSize }): Promise<void>;
  setLags(lags: readonly Lag[]): void;
};

/** Creates the gauges of the backlog, for alerts. They are set in the background, not while metrics are read. */
export function createBacklogGauges(metrics: Metrics): BacklogGauges {
  const gauge = <Bounds extends LabelBounds>(name: string, help: string, labels: Bounds) =>
    metrics.gauge(name, help, labels, { maxAgeMs: MAX_AGE_MS });
  const rows = gauge('florin_outbox_rows', `Events in the outbox, counted up to ${MAX_COUNTED}`, {});
  const age = gauge('florin_outbox_oldest_age_seconds', 'Seconds since the oldest event in the outbox was written', {});
  const lagMessages = gauge('florin_consumer_lag_messages', 'Messages that the consumer has not handled yet', { topic: topics });
  const lagSeconds = gauge(
    'florin_consumer_lag_seconds',
    'Seconds since the oldest message was written that the consumer has not handled yet',
    { topic: topics },
  );
  const dead = gauge('florin_dead_letters', `Messages that could not be handled, counted up to ${MAX_COUNTED}`, {});
  const parked = gauge(
    'florin_parked_keys',
    `Keys whose messages wait for an operator, counted up to ${MAX_COUNTED}: at the consumer behind a dead letter, in the outbox behind an event that Kafka refuses`,
    { side: ['consumer', 'outbox'] },
  );
  return {
    async measure(db, { consumer, size }) {
      rows.set({}, size.span <= 1 ? size.span : await countOutbox(db, MAX_COUNTED));
      age.set({}, size.oldestAgeS);
      // Only dead messages have a cause, and `cause` has an index. `status` has none, and parked messages may be many.
      dead.set({}, await countSome(db, 'dead_letters WHERE consumer = ? AND cause IS NOT NULL', [consumer]));
      parked.set({ side: 'consumer' }, await countSome(db, 'quarantined WHERE consumer = ?', [consumer]));
      parked.set({ side: 'outbox' }, await countSome(db, 'parked_outbox GROUP BY topic, message_key', []));
    },
    setLags(lags) {
      for (const { topic, messages, seconds } of lags) {
        lagMessages.set({ topic }, messages);
        lagSeconds.set({ topic }, seconds);
      }
    },
  };
}

async function countSome(db: Knex, rows: string, bindings: readonly string[]): Promise<number> {
  const { found } = await queryOne<{ found: number }>(
    db,
    `SELECT COUNT(*) AS found FROM (SELECT 1 FROM ${rows} LIMIT ?) AS some`,
    [...bindings, MAX_COUNTED],
  );
  return found;
}
