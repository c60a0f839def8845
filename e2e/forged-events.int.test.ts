import { randomBytes } from 'node:crypto';
import { type Migration, newId } from '@florin/database';
import {
  definitionOf,
  type EventType,
  eventTypes,
  makeEvent,
  parseSigningKeys,
  type SigningKey,
  signEvent,
} from '@florin/events';
import { type Broker, createConsumer, type MessageBatch, type Subscription } from '@florin/messaging';
import { createLogger, noFailpoints } from '@florin/runtime';
import { inspectService } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadDefinition, loadMigrations } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { sampleData } from '../packages/events/test/sample-data.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const keys = parseSigningKeys(`current:${newKey()},old:${newKey()}:2026-01-01`);
const [current, old] = keys;
const [stolenId] = parseSigningKeys(`current:${newKey()}`);

type Message = { key: Buffer; value: Buffer };

describe('a forged event', () => {
  for (const service of serviceNames) {
    describe(`at ${service}`, () => {
      let database: TestDatabase;
      let onBatch: (batch: MessageBatch) => Promise<void>;
      let check: () => void;
      let offset = 0;

      before(async () => {
        const migrations: readonly Migration[] = await loadMigrations(service);
        database = await createTestDatabase(migrations);
        const { subscriptions } = inspectService(await loadDefinition(service));
        const broker = {
          subscribe: async (options: { onBatch: typeof onBatch }) => {
            onBatch = options.onBatch;
            const subscription: Subscription = { stop: async () => {}, check: () => {}, setPaused: () => {} };
            return subscription;
          },
        } as unknown as Broker;
        const consumer = createConsumer({
          db: database.db,
          broker,
          logger: Object.assign(createLogger({ service, level: 'error' }), { silent: true }),
          consumer: `florin.${service}`,
          subscriptions,
          signatures: { mode: 'require', keys },
          batchSize: 500,
          reachFailpoint: noFailpoints,
          onCommitted: () => {},
          onFatal: () => {},
        });
        check = () => consumer.check();
        await consumer.start();
      });
      after(() => database.drop());

      const deliver = async (topic: string, messages: readonly Message[]): Promise<void> => {
        const placed = messages.map((message) => ({ ...message, offset: String(offset++), headers: {} }));
        await onBatch({ topic, partition: 0, messages: placed, heartbeat: async () => {}, isStale: () => false });
      };
      const stateOf = async () => {
        const [inbox, outbox, quarantined] = await Promise.all(
          ['inbox', 'outbox', 'quarantined'].map((table) => database.db(table)),
        );
        return { inbox, outbox, quarantined };
      };

      for (const type of eventTypes) {
        it(`of type ${type} is refused however it is forged, and stops nobody`, async () => {
          await database.db('dead_letters').delete();
          const forgeries = forgeriesOf(type);
          const before = await stateOf();
          await deliver(definitionOf(type).topic, Object.values(forgeries));
          expect(await stateOf()).to.deep.equal(before);
          expect(await database.db('dead_letters').orderBy('arrival').pluck('cause')).to.deep.equal(
            Object.keys(forgeries).map(() => 'ForgedEvent'),
          );
          check();
        });
      }
    });
  }
});

/** The same event, forged in different ways. */
function forgeriesOf(type: EventType): Record<string, Message> {
  const [data] = fc.sample(sampleData[type] as fc.Arbitrary<never>, 1);
  const { topic, key, event } = makeEvent(type, { sequence: 1, data: data as never });
  const json = JSON.stringify(event);
  const signed = (by: SigningKey | undefined, address = { topic, key }): string =>
    by === undefined ? json : signEvent(json, address, by);
  const message = (value: string, of = key): Message => ({ key: Buffer.from(of), value: Buffer.from(value) });
  const otherTopic = topic === 'florin.users' ? 'florin.payments' : 'florin.users';
  return {
    unsigned: message(json),
    'signed with an unknown secret': message(signed(stolenId)),
    'signed with an expired key': message(signed(old)),
    'copied to another user': message(signed(current), newId()),
    'copied from another topic': message(signed(current, { topic: otherTopic, key })),
    'changed after it was signed': message(signed(current).replace(event.id, newId())),
  };
}
