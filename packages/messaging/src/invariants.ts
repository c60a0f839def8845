import type { Invariant, Query, RowInvariant, SweptPage } from '@florin/invariants';

type Options = { service: string; olderThanMs: number };

/**
 * The invariants of a service's outbox, inbox and dead letters.
 *
 * @param options `olderThanMs`: milliseconds that an event may wait in the outbox
 */
export function messagingInvariants(options: Options): readonly Invariant[] {
  const outbox: Invariant = {
    check: 'outbox',
    rule: 'every event was published soon',
    sweep: (query) => checkOutbox(query, options),
  };
  return [outbox, parkedEvents, ...deadLetters];
}

async function* checkOutbox(query: Query, { service, olderThanMs }: Options): AsyncGenerator<SweptPage, void> {
  const [{ waiting } = { waiting: 0 }] = await query<{ waiting: number }>('SELECT COUNT(*) AS waiting FROM outbox');
  const [oldest] = await query<{ id: number; type: string; age_ms: number }>(
    `SELECT id, type, TIMESTAMPDIFF(MICROSECOND, created_at, UTC_TIMESTAMP(3)) DIV 1000 AS age_ms
       FROM outbox ORDER BY id LIMIT 1`,
  );
  if (oldest === undefined || oldest.age_ms <= olderThanMs) {
    yield { rows: waiting, broken: [] };
    return;
  }
  const seconds = (oldest.age_ms / 1000).toFixed(oldest.age_ms < 10_000 ? 1 : 0);
  const others = (waiting - 1).toLocaleString('en-US');
  const detail = `a ${oldest.type} waits to be published for ${seconds} s, and with it ${others} more rows`;
  yield { rows: waiting, broken: [{ id: `outbox of ${service}, row ${oldest.id}`, detail }] };
}

const parkedEvents: RowInvariant = {
  check: 'parked-events',
  rule: 'Kafka takes every event, and none waits behind one that it refuses',
  over: { table: 'parked_outbox', key: 'id', column: 'p.id' },
  sql: (range) => `SELECT p.event_id AS id,
               IF(p.reason IS NULL, CONCAT('a ', p.type, ' waits behind another event of ', CONVERT(p.message_key USING utf8mb4)),
                  CONCAT('Kafka refuses this ', p.type, ' of ', LENGTH(p.payload), ' bytes: ', p.reason)) AS detail
          FROM parked_outbox p
         WHERE ${range}`,
};

const deadLetterRule = {
  check: 'dead-letters',
  rule: 'every event could be handled, and none waits behind one that could not',
};

/** Dead messages, and keys whose later messages are parked behind them. */
const deadLetters: readonly RowInvariant[] = [
  {
    ...deadLetterRule,
    over: { table: 'dead_letters', key: 'arrival', column: 'd.arrival' },
    sql: (range) => `SELECT d.id,
                 CONCAT(d.consumer, ' could not handle offset ', d.message_offset, ' of ', d.topic, ': ', d.reason) AS detail
            FROM dead_letters d
           WHERE ${range} AND d.status = 'dead'`,
  },
  {
    ...deadLetterRule,
    over: { table: 'quarantined', key: 'message_key', column: 'q.message_key' },
    sql: (
      range,
    ) => `SELECT q.message_key AS id, CONCAT(q.consumer, ' keeps ', COUNT(d.arrival), ' events of this key waiting') AS detail
            FROM quarantined q
            LEFT JOIN dead_letters d ON d.consumer = q.consumer AND d.message_key = q.message_key AND d.status = 'parked'
           WHERE ${range}
           GROUP BY q.consumer, q.message_key`,
  },
];
