import type { Event } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Consumer, createConsumer } from '../src/consumer.ts';
import type { Subscriptions } from '../src/index.ts';
import { type HandFedBroker, handFedBroker } from './hand-fed-broker.ts';
import { quietLogger } from './test-service.ts';

export const CONSUMER = 'florin.test';

/** A consumer fed by hand, with what its operations were called with and what it said was committed (ids of events). */
export type FedConsumer = { consumer: Consumer; broker: HandFedBroker; calls: string[][]; committed: string[] };

/** It hears users and notes what happens to them in the table `effects`. */
export async function feedConsumer(db: Knex, overrides: Subscriptions = {}): Promise<FedConsumer> {
  const broker = handFedBroker();
  const calls: string[][] = [];
  const committed: string[] = [];
  const heard = async (trx: Knex.Transaction, events: readonly Event[]): Promise<void> => {
    calls.push(events.map(({ id }) => id));
    await noteEffects(trx, events);
  };
  const consumer = createConsumer({
    db,
    broker,
    logger: quietLogger,
    consumer: CONSUMER,
    subscriptions: { 'user-registered': heard, 'user-erased': heard, ...overrides },
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
  for (const { id, type, data } of events) await trx('effects').insert({ event_id: id, user_id: data.userId, type });
}
