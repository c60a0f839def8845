import { type Event, keyOf } from '@florin/events';
import { noFailpoints, type Tracer } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Consumer, createConsumer } from '../src/consumer.ts';
import type { Subscriptions } from '../src/index.ts';
import { type HandFedBroker, handFedBroker } from './hand-fed-broker.ts';
import { quietLogger, signatures } from './test-service.ts';

export const CONSUMER = 'florin.test';

/** A consumer with manual delivery. Records the calls of its operations and the events that it reports as committed (by id). */
export type FedConsumer = { consumer: Consumer; broker: HandFedBroker; calls: string[][]; committed: string[] };

/** Subscribes to users' events and records them in the table `effects`. */
export async function feedConsumer(
  db: Knex,
  overrides: Subscriptions = {},
  { tracer }: { tracer?: Tracer } = {},
): Promise<FedConsumer> {
  const broker = handFedBroker();
  const calls: string[][] = [];
  const committed: string[] = [];
  const note = async (trx: Knex.Transaction, events: readonly Event[]): Promise<void> => {
    calls.push(events.map(({ id }) => id));
    await noteEffects(trx, events);
  };
  const consumer = createConsumer({
    db,
    broker,
    logger: quietLogger,
    tracer,
    consumer: CONSUMER,
    subscriptions: { 'user-registered': note, 'user-erased': note, ...overrides },
    signatures,
    batchSize: 500,
    reachFailpoint: noFailpoints,
    onCommitted: (events) => committed.push(...events.map(({ id }) => id)),
    onFatal: (error) => {
      throw error;
    },
  });
  await consumer.start();
  return { consumer, broker, calls, committed };
}

export async function noteEffects(trx: Knex.Transaction, events: readonly Event[]): Promise<void> {
  for (const event of events) await trx('effects').insert({ event_id: event.id, user_id: keyOf(event), type: event.type });
}
