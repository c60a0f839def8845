import { idBytes, runTransaction } from '@florin/database';
import { createEventVerifier, type Event, type EventType, parseEvent } from '@florin/events';
import { kafkaBroker, openKafkajs } from '@florin/kafka';
import { startRelay } from '@florin/messaging';
import { type Logger, noFailpoints, readTransport } from '@florin/runtime';
import kafkajs from 'kafkajs';
import type { Knex } from 'knex';

type Handlers = { [T in EventType]?: (trx: Knex.Transaction, event: Event<T>) => Promise<void> };

type Options = {
  service: string;
  db: Knex;
  databaseUrl: string;
  logger: Logger;
  topic: string;
  handlers: Handlers;
};

/** A consumer as in the guide of kafkajs, with an inbox, and with Florin's relay for the handlers' events. */
export async function consumeOneByOne({ service, db, databaseUrl, logger, topic, handlers }: Options) {
  const { KAFKA_BROKERS = '', KAFKA_PREFIX: prefix = '' } = process.env;
  const access = { brokers: KAFKA_BROKERS.split(','), security: readTransport(process.env).kafka };
  const broker = kafkaBroker({
    ...access,
    driver: 'kafkajs',
    clientId: `naive-${service}`,
    prefix,
    sessionTimeoutMs: 30_000,
    logger,
  });
  const relay = startRelay({
    databaseUrl,
    broker,
    logger,
    pollMs: 250,
    batchSize: 500,
    lingerMs: 0,
    reachFailpoint: noFailpoints,
  });
  const consumer = openKafkajs({ ...access, logLevel: kafkajs.logLevel.NOTHING }).consumer({
    groupId: `${prefix}florin.${service}`,
  });
  const verify = createEventVerifier({ mode: 'off' });
  await consumer.connect();
  await consumer.subscribe({ topic: prefix + topic, fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 8,
    eachMessage: async ({ partition, message: { offset, key, value } }) => {
      const parsed = parseEvent({ topic, partition, offset, key, value }, verify);
      if (parsed.kind !== 'event') return;
      const { event } = parsed;
      const handle = handlers[event.type] as ((trx: Knex.Transaction, event: Event) => Promise<void>) | undefined;
      if (handle === undefined) return;
      await runTransaction(db, async (trx) => {
        const [{ affectedRows }] = (await trx.raw('INSERT IGNORE INTO inbox (consumer, event_id) VALUES (?, ?)', [
          `florin.${service}`,
          idBytes(event.id),
        ])) as [{ affectedRows: number }];
        if (affectedRows > 0) await handle(trx, event);
      });
      relay.wake();
    },
  });
  return {
    wake: relay.wake,
    async stop() {
      await consumer.disconnect();
      await relay.stop();
      await broker.disconnect();
      await db.destroy();
    },
  };
}
