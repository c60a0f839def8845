import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase, testBrokers, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import kafkajs, { type Admin } from 'kafkajs';
import type { Knex } from 'knex';
import { type Consumer, createConsumer } from '../src/consumer.ts';
import { type Broker, OffsetGapError, resetToStoredOffsets, type Subscriptions } from '../src/index.ts';
import { CONSUMER, noteEffects } from './feed-consumer.ts';
import { messageOf, migrations, quietLogger, registered, signatures, testBroker } from './test-service.ts';

const TOPIC = 'florin.users';

/** Tests a consumer whose next messages have been deleted, on a real broker. */
describe('a gap before the stored offset', () => {
  let database: TestDatabase;
  let broker: Broker;
  let admin: Admin;
  let prefix: string;
  const running: Consumer[] = [];

  beforeEach(async () => {
    admin = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    database = await createTestDatabase(migrations);
    prefix = uniquePrefix('gaps');
    broker = testBroker(prefix);
    await broker.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
    await Promise.all([broker.disconnect(), admin.disconnect()]);
    await database.drop();
  });

  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const send = async (count: number): Promise<string[]> => {
    const events = Array.from({ length: count }, () => registered());
    await broker.publish(events.map(messageOf));
    return events.map(({ event }) => event.id);
  };
  /** Starts a consumer; `errors` are those that end it. */
  const start = async (handle = noteEffects): Promise<{ consumer: Consumer; errors: Error[] }> => {
    const errors: Error[] = [];
    const subscriptions: Subscriptions = { 'user-registered': handle };
    const consumer = createConsumer({
      db: database.db,
      broker,
      logger: quietLogger,
      consumer: CONSUMER,
      subscriptions,
      signatures,
      batchSize: 100,
      reachFailpoint: noFailpoints,
      onCommitted: () => {},
      onFatal: (error) => errors.push(error),
    });
    running.push(consumer);
    await consumer.start();
    return { consumer, errors };
  };
  const stop = async (consumer: Consumer): Promise<void> => {
    running.splice(running.indexOf(consumer), 1);
    await consumer.stop();
  };
  /** Publishes messages, waits until they are consumed, and stops. */
  const readSome = async (count: number): Promise<string[]> => {
    const ids = await send(count);
    const { consumer } = await start();
    await eventually(async () => expect(await effects()).to.have.length(count));
    await stop(consumer);
    return ids;
  };
  const deleteBefore = async (offset: number): Promise<void> => {
    const topic = prefix + TOPIC;
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  };
  const setCommitted = (offset: number): Promise<void> =>
    broker.resetOffsets(CONSUMER, [{ topic: TOPIC, partition: 0, offset: String(offset) }]);
  const reset = async (acceptsGaps: boolean) =>
    resetToStoredOffsets(database.db, broker, {
      consumer: CONSUMER,
      bounds: await broker.bounds([TOPIC]),
      acceptsGaps,
      actor: { actorId: null, actorName: 'olga' },
    });

  it('ends the consumer at every start until an operator accepts it; the remaining messages are then read', async () => {
    await readSome(3);
    const missed = await send(4);
    const kept = await send(2);
    await deleteBefore(3 + missed.length);
    for (let attempt = 1; attempt <= 3; attempt++) {
      const { consumer, errors } = await start();
      expect(errors[0]).to.be.instanceOf(OffsetGapError).with.property('message').that.includes('offsets 3 to 6');
      expect(() => consumer.check()).to.throw(/stopped: .* cannot continue, .*offsets 3 to 6/);
      await stop(consumer);
    }
    expect(await effects()).to.have.length(3);

    expect(await failureOf(reset(false))).to.be.instanceOf(OffsetGapError);
    expect(await database.db('audit_log')).to.deep.equal([]);
    const accepted = await reset(true);
    expect(accepted).to.deep.equal({
      offsets: [{ topic: TOPIC, partition: 0, offset: '7' }],
      gaps: [{ topic: TOPIC, partition: 0, from: '3', to: '7' }],
    });
    const [entry, ...others] = await database
      .db('audit_log')
      .select('action', 'subject', 'actor_id', 'state_before', 'state_after')
      .orderBy('id');
    expect(others.map(({ action }) => action as string)).to.deep.equal(['consumer.reset-offsets']);
    expect(entry).to.deep.equal({
      action: 'consumer.accept-gap',
      subject: 'florin.users/0',
      actor_id: null,
      state_before: JSON.stringify({ consumer: CONSUMER, nextOffset: '3' }),
      state_after: JSON.stringify({
        consumer: CONSUMER,
        nextOffset: '7',
        missed: 'florin.users/0: offsets 3 to 6 were deleted before they were read',
        ranBy: 'olga',
      }),
    });

    const { errors } = await start();
    await eventually(async () => expect((await effects()).slice(3)).to.deep.equal(kept));
    expect(errors).to.deep.equal([]);
  });

  it('ends a running consumer, too', async () => {
    let isStuck = true;
    const { consumer, errors } = await start(async (trx: Knex.Transaction, events) => {
      if (isStuck) throw new Error('the database is away');
      await noteEffects(trx, events);
    });
    await send(5);
    await eventually(() => expect(() => consumer.check()).to.throw(/is blocked: the database is away/));
    expect(errors).to.deep.equal([]);
    await send(5);
    // No offset is stored yet, so the next read stores one.
    isStuck = false;
    await eventually(async () => expect(await effects()).to.have.length(10));
    isStuck = true;
    await send(5);
    await eventually(() => expect(() => consumer.check()).to.throw(/is blocked|cannot continue/));
    await deleteBefore(13);
    isStuck = false;
    await eventually(() =>
      expect(errors[0]).to.be.instanceOf(OffsetGapError).with.property('message').that.includes('offsets 10 to 12'),
    );
    expect(await effects()).to.have.length(10);
    expect(() => consumer.checkConsuming()).to.throw(/stopped: .* cannot continue/);
  });

  it('is found if a topic was created anew', async () => {
    await readSome(5);
    await admin.deleteTopics({ topics: [prefix + TOPIC] });
    await eventually(() => broker.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 }));
    await eventually(async () =>
      expect(await broker.bounds([TOPIC])).to.deep.equal([{ topic: TOPIC, partition: 0, low: '0', high: '0' }]),
    );
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { consumer, errors } = await start();
      expect(errors[0])
        .to.be.instanceOf(OffsetGapError)
        .with.property('message')
        .that.includes('next offset is 5, but the topic ends at 0');
      await stop(consumer);
    }
    await reset(true);
    const { errors } = await start();
    const anew = await send(2);
    await eventually(async () => expect((await effects()).slice(5)).to.deep.equal(anew));
    expect(errors).to.deep.equal([]);
  });

  it('is not reported if all deleted messages had been read', async () => {
    await readSome(5);
    await deleteBefore(5);
    const { errors } = await start();
    const ids = await send(1);
    await eventually(async () => expect((await effects()).slice(5)).to.deep.equal(ids));
    expect(errors).to.deep.equal([]);
  });

  it('is not reported for a new consumer, which starts at the earliest message', async () => {
    await send(5);
    await deleteBefore(3);
    const { errors } = await start();
    await eventually(async () => expect(await effects()).to.have.length(2));
    expect(errors).to.deep.equal([]);
  });

  it('is not caused by offsets that were moved ahead at the broker: the database is authoritative', async () => {
    const read = await readSome(2);
    const unread = await send(4);
    await setCommitted(6);
    const { errors } = await start();
    await eventually(async () => expect(await effects()).to.deep.equal([...read, ...unread]));
    expect(errors).to.deep.equal([]);
  });

  it('is not caused by expired offsets at the broker, and no event is applied twice', async () => {
    const read = await readSome(3);
    await admin.deleteGroups([prefix + CONSUMER]);
    const { errors } = await start();
    const more = await send(2);
    await eventually(async () => expect(await effects()).to.deep.equal([...read, ...more]));
    expect(errors).to.deep.equal([]);
  });

  it('is found even if the offsets at the broker have expired', async () => {
    await readSome(3);
    await send(3);
    await deleteBefore(5);
    await admin.deleteGroups([prefix + CONSUMER]);
    const { errors } = await start();
    expect(errors[0]).to.be.instanceOf(OffsetGapError);
  });

  it('is not caused by an older committed offset at the broker whose messages are gone', async () => {
    await readSome(5);
    await setCommitted(1);
    await deleteBefore(4);
    const { errors } = await start();
    const more = await send(1);
    await eventually(async () => expect((await effects()).slice(5)).to.deep.equal(more));
    expect(errors).to.deep.equal([]);
  });
}).timeout(120_000);
