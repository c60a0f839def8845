import { type Event, keyOf } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { createConsumer } from '../src/consumer.ts';
import { type Broker, resetToStoredOffsets } from '../src/index.ts';
import { messageOf, migrations, quietLogger, registered, signatures, testBroker } from './test-service.ts';

const CONSUMER = 'florin.test';

describe('a database restored from a backup', () => {
  let database: TestDatabase;
  let broker: Broker;
  before(async () => {
    database = await createTestDatabase(migrations);
    broker = testBroker(uniquePrefix('restore'));
    await broker.createTopics(['florin.users'], { partitions: 2, replicationFactor: 1 });
  });
  after(async () => {
    await broker.disconnect();
    await database.drop();
  });

  const reset = async (acceptsGaps = false) =>
    resetToStoredOffsets(database.db, broker, {
      consumer: CONSUMER,
      bounds: await broker.bounds(['florin.users']),
      acceptsGaps,
      actor: { actorId: null, actorName: 'olga' },
    });
  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const startConsumer = async () => {
    const note = async (trx: typeof database.db, events: readonly Event[]): Promise<void> => {
      for (const event of events) await trx('effects').insert({ event_id: event.id, user_id: keyOf(event), type: event.type });
    };
    const consumer = createConsumer({
      db: database.db,
      broker,
      logger: quietLogger,
      consumer: CONSUMER,
      subscriptions: { 'user-registered': note },
      signatures,
      batchSize: 3,
      reachFailpoint: noFailpoints,
      onCommitted: () => {},
      onFatal: () => {},
    });
    await consumer.start();
    return consumer;
  };

  it('receives the messages after the backup again once its group is reset to the stored offsets', async () => {
    const [before, after] = [Array.from({ length: 8 }, () => registered()), Array.from({ length: 8 }, () => registered())];
    const idsOf = (events: typeof before): string[] => events.map(({ event }) => event.id);

    let consumer = await startConsumer();
    await broker.publish(before.map(messageOf));
    await eventually(async () => expect(await effects()).to.have.members(idsOf(before)));
    const backUp = await copyOf(['effects', 'inbox', 'consumer_offsets']);

    await broker.publish(after.map(messageOf));
    await eventually(async () => expect(await effects()).to.have.length(16));
    expect(await failureOf(reset())).to.be.instanceOf(Error);
    expect(await database.db('audit_log'), 'of messages that the broker refused').to.deep.equal([]);
    await consumer.stop();

    await restore(backUp);
    expect(await effects()).to.have.length(8);
    const { offsets } = await reset();
    expect(offsets.reduce((sum, { offset }) => sum + Number(offset), 0)).to.equal(8);
    const [entry] = (await database.db('audit_log')) as [{ action: string; subject: string; state_after: string }];
    expect(entry).to.include({ action: 'consumer.reset-offsets', subject: CONSUMER });
    expect(JSON.parse(entry.state_after)).to.deep.equal({ offsets, ranBy: 'olga' });

    consumer = await startConsumer();
    await eventually(async () => expect(await effects()).to.have.members([...idsOf(before), ...idsOf(after)]));
    await consumer.stop();
  }).timeout(60_000);

  type Copy = Map<string, Record<string, unknown>[]>;

  async function copyOf(tables: readonly string[]): Promise<Copy> {
    const copy: Copy = new Map();
    for (const table of tables) copy.set(table, await database.db(table));
    return copy;
  }

  async function restore(copy: Copy): Promise<void> {
    for (const [table, rows] of copy) {
      await database.db(table).delete();
      await database.db(table).insert(rows);
    }
  }
});
