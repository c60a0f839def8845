import { newId } from '@florin/database';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { CONSUMER, type FedConsumer, feedConsumer, noteEffects } from './feed-consumer.ts';
import { messagesOf } from './hand-fed-broker.ts';
import { migrations, registered } from './test-service.ts';

const TOPIC = 'florin.users';
const place = (partition: number) => ({ topic: TOPIC, partition });

describe('batches of several partitions', () => {
  let database: TestDatabase;
  let fed: FedConsumer;
  const broken = new Set<string>();
  const failing = new Set<string>();

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    broken.clear();
    failing.clear();
    for (const table of ['effects', 'inbox', 'dead_letters', 'quarantined', 'consumer_offsets'])
      await database.db(table).delete();
    fed = await feedConsumer(database.db, {
      'user-registered': async (trx, events) => {
        calls.push(events.map(({ id }) => id));
        await noteEffects(trx, events);
        for (const { data } of events) {
          if (broken.has(data.userId))
            await trx.raw('INSERT INTO effects (event_id, user_id, type) VALUES (?, NULL, NULL)', ['x'.repeat(500)]);
          if (failing.has(data.userId)) throw new Error('the disk is full');
        }
      },
    });
    calls.length = 0;
  });
  const calls: string[][] = [];
  const deliver = (partition: number, events: readonly ReturnType<typeof registered>[], first = 0) =>
    fed.broker.deliver(place(partition), messagesOf(events, first));
  const effects = (): Promise<string[]> => database.db('effects').pluck('event_id');
  const offsets = async (): Promise<number[][]> => {
    const rows: { partition_id: number; next_offset: number }[] = await database.db('consumer_offsets').orderBy('partition_id');
    return rows.map(({ partition_id, next_offset }) => [partition_id, next_offset]);
  };

  it('that arrive together share one transaction, each with its own offset', async () => {
    const events = Array.from({ length: 8 }, () => registered());
    await Promise.all(events.map((event, partition) => deliver(partition, [event], 10 * partition)));
    expect(calls.map((ids) => ids.length)).to.deep.equal([8]);
    expect(await effects()).to.have.members(events.map(({ event }) => event.id));
    expect(await offsets()).to.deep.equal(events.map((_, partition) => [partition, 10 * partition + 1]));
    expect(fed.committed).to.have.members(events.map(({ event }) => event.id));
  });

  it('do not block each other when one of them fails', async () => {
    const bad = newId();
    failing.add(bad);
    const events = [registered(), registered(), registered(bad), registered(), registered()];
    const outcomes = await Promise.all(events.map((event, partition) => failureOf(deliver(partition, [event]))));
    expect(outcomes.map((outcome) => outcome instanceof Error)).to.deep.equal([false, false, true, false, false]);
    expect(await effects()).to.have.members([0, 1, 3, 4].map((index) => events[index]?.event.id));
    expect((await offsets()).map(([partition]) => partition)).to.deep.equal([0, 1, 3, 4]);
  });

  it('are not affected by a poison message in another one', async () => {
    const bad = newId();
    broken.add(bad);
    const events = [registered(), registered(), registered(), registered(bad), registered()];
    await Promise.all(events.map((event, partition) => deliver(partition, [event])));
    expect(await effects()).to.have.members([0, 1, 2, 4].map((index) => events[index]?.event.id));
    const letters: { partition_id: number }[] = await database.db('dead_letters').where({ consumer: CONSUMER });
    expect(letters.map(({ partition_id }) => partition_id)).to.deep.equal([3]);
    expect((await offsets()).map(([partition]) => partition)).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('apply an event once if two of them contain it', async () => {
    const twice = registered();
    const events = [registered(), registered(), twice, twice];
    await Promise.all(events.map((event, partition) => deliver(partition, [event])));
    expect(await effects()).to.have.length(3);
  });
});
