import { newId, openDatabase, runTransaction } from '@florin/database';
import { DEVELOPMENT_SIGNING_KEYS, makeEvent, parseSigningKeys } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { armFailpoint, createLogger, createMetrics, type ReachFailpoint, readKafkaDriver } from '@florin/runtime';
import { appendEvents, createMessaging } from '../src/index.ts';

/**
 * A small service for the crash tests. It appends the given number of `user-registered` events, relays and consumes them, and
 * records each in the table `effects`. That table has no unique key, so repeated effects show. With FREEZE_AT it stops itself
 * (SIGSTOP) at its first arrival at that failpoint.
 */
const { DATABASE_URL = '', BROKERS = '', PREFIX = '', CRASH_AT = '', FREEZE_AT = '', APPEND = '0' } = process.env;
const logger = createLogger({ service: 'crash-child', level: 'warn' });
const db = openDatabase({ url: DATABASE_URL, poolMax: 10 });
const messaging = createMessaging({
  db,
  databaseUrl: DATABASE_URL,
  broker: kafkaBroker({
    brokers: BROKERS.split(','),
    security: 'plaintext',
    driver: readKafkaDriver(process.env),
    clientId: 'crash-child',
    prefix: PREFIX,
    sessionTimeoutMs: 2_000,
    logger,
  }),
  logger,
  metrics: createMetrics('crash'),
  service: 'crash',
  subscriptions: {
    'user-registered': async (trx, events) => {
      for (const { data } of events) await trx.raw('INSERT INTO effects (user_id) VALUES (?)', [data.userId]);
    },
  },
  signatures: { keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) },
  relay: { pollMs: 50, batchSize: 10, lingerMs: 0 },
  consumerBatchSize: 10,
  backlog: { maxRows: 1_000, degradedS: 30, maxS: 300 },
  reachFailpoint: FREEZE_AT === '' ? armFailpoint(CRASH_AT) : freezeAt(FREEZE_AT),
  onFatal: () => process.exit(1),
});

await runTransaction(db, async (trx) => {
  const registered = Array.from({ length: Number(APPEND) }, () =>
    makeEvent('user-registered', { sequence: 1, data: { userId: newId() } }),
  );
  await appendEvents(trx, registered);
});
messaging.start();

function freezeAt(point: string): ReachFailpoint {
  let isOver = false;
  return (reached) => {
    if (reached !== point || isOver) return;
    isOver = true;
    process.kill(process.pid, 'SIGSTOP');
  };
}
