import { idBytes, newId } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, eventually, limitTopic, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { appendEvents, type Broker, type OutgoingMessage, PublishFailed, startRelay } from '../src/index.ts';
import type { Relay, RelayOptions } from '../src/relay.ts';
import { bytesOf, idsOf, listenTo, requested, requestedOf, type TopicListener } from './large-events.ts';
import { migrations, quietLogger, testBroker } from './test-service.ts';

const TOPIC = 'florin.purchases';

describe('the bytes that a relay sends', () => {
  let database: TestDatabase;
  let prefix: string;
  let broker: Broker;
  let topic: TopicListener;
  let relays: Relay[];
  /** The result of each request, in order. */
  let requests: { events: number; bytes: number; error?: unknown }[];

  beforeEach(async () => {
    relays = [];
    requests = [];
    prefix = uniquePrefix('bytes');
    broker = testBroker(prefix);
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
    topic = await listenTo(broker, TOPIC);
    database = await createTestDatabase(migrations);
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await topic.stop();
    await broker.disconnect();
    await database.drop();
  });

  const start = (options: Partial<RelayOptions> = {}): Relay => {
    const relay = startRelay({
      databaseUrl: database.url,
      logger: quietLogger,
      reachFailpoint: noFailpoints,
      broker: noting(),
      pollMs: 20,
      batchSize: 500,
      lingerMs: 0,
      ...options,
    });
    relays.push(relay);
    return relay;
  };
  /** The broker, with an action before each publication. */
  const noting = (before: (messages: readonly OutgoingMessage[]) => Promise<void> = async () => {}): Broker => ({
    ...broker,
    publish: async (messages) => {
      const request: (typeof requests)[number] = { events: messages.length, bytes: bytesOf(messages) };
      requests.push(request);
      try {
        await before(messages);
        await broker.publish(messages);
      } catch (error) {
        request.error = error;
        throw error;
      }
    },
  });
  const append = (events: readonly OutgoingEvent[]): Promise<void> => database.db.transaction((trx) => appendEvents(trx, events));
  /** Expects each message once, and those of each key in order. */
  const expectPublished = async (events: readonly OutgoingEvent[]): Promise<void> => {
    await eventually(async () => expect(await database.db('outbox')).to.have.length(0));
    await eventually(() => expect(topic.ids()).to.include.members(idsOf(events)));
    expect(topic.ids()).to.have.length(events.length);
    for (const [key, ids] of topic.published) expect(ids).to.deep.equal(idsOf(events.filter((one) => one.key === key)));
  };
  const refusals = (): unknown[] => requests.filter(({ error }) => error !== undefined);

  it('fit the topic when one buyer requests a hundred purchases with long names at once', async () => {
    const buyer = newId();
    const events = Array.from({ length: 100 }, () => requested(buyer));
    await append(events);
    start();
    await expectPublished(events);
    expect(refusals()).to.deep.equal([]);
    expect(await database.db('parked_outbox')).to.have.length(0);
  });

  it('fit the topic when the broker returns to a backlog', async () => {
    let isAway = true;
    const buyer = newId();
    const relay = start({
      broker: noting(async () => {
        if (isAway) throw new Error('broker away');
      }),
    });
    const events: OutgoingEvent[] = [];
    for (let round = 0; round < 20; round++) {
      const some = Array.from({ length: 10 }, () => requested(buyer, { name: 'n'.repeat(45) }));
      events.push(...some);
      await append(some);
      relay.wake();
    }
    await eventually(() => expect(refusals()).to.have.length.above(1));
    isAway = false;
    requests = [];
    await expectPublished(events);
    expect(refusals()).to.deep.equal([]);
  });

  it('fit the topic when a relay starts with the backlog of a release without a limit', async () => {
    const buyers = [newId(), newId(), newId()];
    const events = Array.from({ length: 600 }, (_, n) => requested(buyers[n % 3] ?? '', { items: 12 }));
    const rows = events.map(({ topic: to, key, event }) => {
      const payload = JSON.stringify(event);
      return { event_id: idBytes(event.id), topic: to, message_key: Buffer.from(key), type: event.type, payload };
    });
    await database.db.batchInsert('outbox', rows, 100);
    start();
    await expectPublished(events);
    expect(refusals()).to.deep.equal([]);
  });

  it('need no more requests than before for small events', async () => {
    const events = Array.from({ length: 1_200 }, () => requested(newId(), { items: 3, name: 'A novel of usual length' }));
    await append(events);
    start();
    await expectPublished(events);
    expect(requests.map(({ events: count }) => count)).to.deep.equal([500, 500, 200]);
  });

  it('do not exceed the setting', async () => {
    const buyer = newId();
    const events = Array.from({ length: 40 }, () => requestedOf(buyer, 1_000));
    await append(events);
    start({ batchBytes: 5_000 });
    await expectPublished(events);
    expect(Math.max(...requests.map(({ bytes }) => bytes))).to.be.within(3_000, 5_000);
  });

  it('do not exceed the limit of the topic, whatever the setting', async () => {
    await limitTopic(prefix + TOPIC, 20_000);
    const buyer = newId();
    const events = Array.from({ length: 60 }, () => requestedOf(buyer, 3_000));
    await append(events);
    start({ batchBytes: 10_000_000 });
    await expectPublished(events);
    expect(refusals()).to.deep.equal([]);
    expect(Math.max(...requests.map(({ bytes }) => bytes))).to.be.above(15_000);
  });

  it('are not sent again when a later request fails', async () => {
    let count = 0;
    const events = Array.from({ length: 30 }, () => requestedOf(newId(), 1_000));
    await append(events);
    start({
      batchBytes: 5_000,
      broker: noting(async () => {
        if (++count % 3 === 0) throw new Error('broker away');
      }),
    });
    await expectPublished(events);
    expect(refusals()).to.have.length.above(1);
  });

  it('are not sent again when the broker acknowledges only a part of a request', async () => {
    let isAway = true;
    const [alice, bob] = [newId(), newId()];
    const events = Array.from({ length: 6 }, (_, n) => requestedOf(n % 2 === 0 ? alice : bob, 300));
    await append(events);
    start({
      broker: noting(async (messages) => {
        if (!isAway) return;
        const acknowledged = messages.filter(({ key }) => key === alice);
        await broker.publish(acknowledged);
        throw new PublishFailed('NOT_ENOUGH_REPLICAS', { acknowledged });
      }),
    });
    await eventually(() => expect(refusals()).to.have.length.above(2));
    isAway = false;
    await expectPublished(events);
  });
});
