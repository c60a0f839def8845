import type { AuditRule } from '@florin/payment-server/ledger';
import type { ServiceName } from '../platform/service-names.ts';
import type { Door } from './open-doors.ts';
import { sweepRules } from './sweep-rules.ts';
import { count, seconds, type Tally } from './tally.ts';

type Options = { service: ServiceName; tally: Tally; olderThanMs: number };

/** What a service has said and nobody has taken, and what it has heard and could not handle. */
export async function checkMessaging({ snapshot }: Door, { service, tally, olderThanMs }: Options): Promise<void> {
  if (tally.wants('outbox')) await checkOutbox({ snapshot }, { service, tally, olderThanMs });
  await sweepRules(snapshot, [parkedEvents, ...deadLetterRules], { service, tally });
}

async function checkOutbox({ snapshot }: Pick<Door, 'snapshot'>, { service, tally, olderThanMs }: Options): Promise<void> {
  const check = tally.open('outbox', service);
  const [{ waiting } = { waiting: 0 }] = await snapshot<{ waiting: number }>('SELECT COUNT(*) AS waiting FROM outbox');
  const [oldest] = await snapshot<{ id: number; type: string; age_ms: number }>(
    `SELECT id, type, TIMESTAMPDIFF(MICROSECOND, created_at, UTC_TIMESTAMP(3)) DIV 1000 AS age_ms
       FROM outbox ORDER BY id LIMIT 1`,
  );
  check.countRows(waiting);
  if (oldest !== undefined && oldest.age_ms > olderThanMs) {
    check.report(
      `outbox of ${service}, row ${oldest.id}`,
      `a ${oldest.type} waits to be published for ${seconds(oldest.age_ms)} s, and with it ${count(waiting - 1)} more rows`,
    );
  }
  check.end();
}

const parkedEvents: AuditRule = {
  check: 'parked-events',
  rule: 'Kafka takes every event, and none waits behind one that it refuses',
  over: { table: 'parked_outbox', key: 'id', column: 'p.id' },
  sql: (range) => `SELECT p.event_id AS id,
               IF(p.reason IS NULL, CONCAT('a ', p.type, ' waits behind another event of ', CONVERT(p.message_key USING utf8mb4)),
                  CONCAT('Kafka refuses this ', p.type, ' of ', LENGTH(p.payload), ' bytes: ', p.reason)) AS detail
          FROM parked_outbox p
         WHERE ${range}`,
};

/** Both under one name: a letter that could not be handled, and a key whose later events wait behind it. */
const deadLetterRules: readonly AuditRule[] = [
  {
    check: 'dead-letters',
    rule: 'every event could be handled',
    over: { table: 'dead_letters', key: 'arrival', column: 'd.arrival' },
    sql: (range) => `SELECT d.id,
                 CONCAT(d.consumer, ' could not handle offset ', d.message_offset, ' of ', d.topic, ': ', d.reason) AS detail
            FROM dead_letters d
           WHERE ${range} AND d.status = 'dead'`,
  },
  {
    check: 'dead-letters',
    rule: 'no events wait behind one that could not be handled',
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
