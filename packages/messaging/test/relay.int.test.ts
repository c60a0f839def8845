import { newId } from '@florin/database';
import { type Event, newTraceparent, type OutgoingEvent } from '@florin/events';
import { noFailpoints, sleep } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { appendEvents, type Broker, type OutgoingMessage, type Subscription, startRelay } from '../src/index.ts';
import type { Relay } from '../src/relay.ts';
import { erased, migrations, quietLogger, registered, testBroker } from './test-service.ts';

const TOPIC = 'florin.users';

describe('the relay', () => {
  let database: TestDatabase;
  let broker: Broker;
  let reading: Subscription;
  let relays: Relay[];
  /** Returns the topic's content as a reader gets it: the ids of each key, in order. */
  let published: Map<string, string[]>;

  before(async () => {
    broker = testBroker(uniquePrefix('relay'));
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
    reading = await broker.subscribe({
      group: 'reader',
      topics: [TOPIC],
      batchSize: 500,
      onBatch: async ({ messages }) => {
        for (const { key, value } of messages) {
          const { id } = JSON.parse(String(value)) as { id: string };
          published.set(String(key), [...(published.get(String(key)) ?? []), id]);
        }
      },
      onCrash: (error) => {
        throw error;
      },
    });
  });
  after(async () => {
    await reading.stop();
    await broker.disconnect();
  });
  beforeEach(async () => {
    published = new Map();
    relays = [];
    database = await createTestDatabase(migrations);
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await database.drop();
  });

  const start = (options: { broker?: Broker; pollMs?: number; batchSize?: number; lingerMs?: number } = {}): Relay => {
    const defaults = { broker, pollMs: 20, batchSize: 50, lingerMs: 0 };
    const relay = startRelay({
      databaseUrl: database.url,
      logger: quietLogger,
      reachFailpoint: noFailpoints,
      ...defaults,
      ...options,
    });
    relays.push(relay);
    return relay;
  };
  /** The broker, with an action before each publication. */
  const withBefore = (before: (messages: readonly OutgoingMessage[]) => Promise<void>): Broker => ({
    ...broker,
    publish: async (messages) => {
      await before(messages);
      await broker.publish(messages);
    },
  });
  const append = (events: readonly OutgoingEvent[]): Promise<void> => database.db.transaction((trx) => appendEvents(trx, events));
  const waiting = (): Promise<string[]> => database.db('outbox').orderBy('id').pluck('message_key');
  const idsIn = (events: readonly OutgoingEvent[]): string[] => events.map(({ event }) => event.id);
  const everything = (): string[] => [...published.values()].flat();
  const allPublished = (events: readonly OutgoingEvent[]): Promise<void> =>
    eventually(async () => {
      expect(everything()).to.include.members(idsIn(events));
      expect(await waiting()).to.deep.equal([]);
    });

  it('publishes appended events unchanged, once each and in order per key', async () => {
    start({ batchSize: 7 });
    const users = Array.from({ length: 10 }, () => newId());
    const events: OutgoingEvent[] = [];
    for (let sequence = 1; sequence <= 10; sequence++) {
      const step = users.map((user) => registered(user, sequence));
      events.push(...step);
      await append(step);
    }
    await allPublished(events);
    expect(everything()).to.have.length(events.length);
    for (const user of users) {
      expect(published.get(user)).to.deep.equal(idsIn(events.filter(({ key }) => key === user)));
    }
  });

  it('publishes nothing of a rolled-back transaction', async () => {
    start();
    const trx = await database.db.transaction();
    await appendEvents(trx, [registered()]);
    await trx.rollback();
    const event = registered();
    await append([event]);
    await allPublished([event]);
    expect(everything()).to.deep.equal(idsIn([event]));
  });

  it('appends more events than fit into one statement', async () => {
    const events = Array.from({ length: 1_201 }, () => registered());
    await append(events);
    start({ batchSize: 1_000 });
    await allPublished(events);
    expect(everything()).to.have.length(1_201);
  });

  it('sends CloudEvents 1.0', async () => {
    const sent: OutgoingMessage[] = [];
    start({
      broker: withBefore(async (messages) => {
        sent.push(...messages);
      }),
    });
    const { topic, key, event: untraced } = registered();
    const event = { ...untraced, traceparent: newTraceparent() } as Event;
    await append([{ topic, key, event }]);
    await allPublished([{ topic, key, event }]);
    expect(sent.map(({ value }) => JSON.parse(value) as object)).to.deep.equal([event]);
    expect(sent[0]).to.deep.include({ topic, key, headers: { 'content-type': 'application/cloudevents+json' } });
  });

  it('loses no event that is committed late, with a lower id than sent ones', async () => {
    const late = await database.db.transaction();
    const [first, second, third] = [registered(), registered(), registered()] as const;
    await appendEvents(late, [first]);
    await append([second]);
    const relay = start({
      broker: withBefore(async () => {
        // The batch has been read and not yet deleted; now the older row appears.
        if (!late.isCompleted()) await late.commit();
      }),
    });
    await allPublished([first, second]);

    const later = await database.db.transaction();
    const fourth = registered();
    await appendEvents(later, [third]);
    await append([fourth]);
    relay.wake();
    await allPublished([fourth]);
    await later.commit();
    relay.wake();
    await allPublished([third, fourth]);
    expect(everything()).to.have.members(idsIn([first, second, third, fourth]));
  });

  it('keeps the order of events that are committed late, although it reads ahead', async () => {
    const late = await database.db.transaction();
    const [first, other, another] = [registered(), registered(), registered()] as const;
    const second = erased(first.key);
    await appendEvents(late, [first]);
    await append([other, another]);
    start({
      batchSize: 1,
      broker: withBefore(async () => {
        // Two batches have been read; now both events of one user appear, one before and one after them.
        if (late.isCompleted()) return;
        await late.commit();
        await append([second]);
      }),
    });
    await allPublished([first, other, another, second]);
    expect(published.get(first.key)).to.deep.equal(idsIn([first, second]));
  });

  it('sends at once when it is woken, however rarely it polls', async () => {
    const relay = start({ pollMs: 3_600_000 });
    for (let round = 0; round < 3; round++) {
      const event = registered();
      await append([event]);
      relay.wake();
      await allPublished([event]);
    }
  });

  it('sends a single event at once, and a stream of events in batches', async () => {
    const sizes: number[] = [];
    const times: number[] = [];
    const noting = withBefore(async (messages) => {
      sizes.push(messages.length);
      times.push(performance.now());
    });
    const relay = start({ broker: noting, pollMs: 3_600_000, lingerMs: 300 });
    const [first, ...others] = Array.from({ length: 20 }, () => registered());
    if (first === undefined) throw new Error('no events');
    await append([first]);
    relay.wake();
    await allPublished([first]);
    for (const event of others) {
      await append([event]);
      relay.wake();
      await sleep(20);
    }
    await allPublished([first, ...others]);
    expect(sizes[0]).to.equal(1);
    expect(sizes.length).to.be.at.least(2);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).to.be.above(250);
  });

  it('polls when nothing wakes it', async () => {
    start({ pollMs: 50 });
    await allPublished([]);
    const event = registered();
    await append([event]);
    await allPublished([event]);
  });

  it('stops at once while it waits, and finishes a running batch', async () => {
    const idle = start({ pollMs: 3_600_000 });
    await allPublished([]);
    await idle.stop();

    let stopped: Promise<void> | undefined;
    const event = registered();
    await append([event]);
    const busy: Relay = start({
      broker: withBefore(async () => {
        stopped = busy.stop();
      }),
    });
    await allPublished([event]);
    await stopped;
    await append([registered()]);
    expect(await waiting()).to.have.length(1);
  });

  describe('with another on the same database', () => {
    type Named = { relay: Relay; sent: string[] };
    const startNamed = (): Named => {
      const sent: string[] = [];
      const relay = start({
        broker: withBefore(async (messages) => {
          sent.push(...messages.map(({ key }) => key));
        }),
      });
      return { relay, sent };
    };
    const rounds = async (named: readonly Named[], count: number): Promise<string[]> => {
      const keys: string[] = [];
      for (let round = 0; round < count; round++) {
        const event = registered();
        keys.push(event.key);
        await append([event]);
        for (const { relay } of named) relay.wake();
        await allPublished([event]);
      }
      return keys;
    };
    const holder = async (): Promise<number | null> => {
      const [[row]] = (await database.db.raw("SELECT IS_USED_LOCK(CONCAT('florin-relay:', DATABASE())) AS id")) as [
        [{ id: number | null }],
      ];
      return row.id;
    };

    it('is active in only one of them', async () => {
      const both = [startNamed(), startNamed()];
      const keys = await rounds(both, 20);
      expect(everything()).to.have.length(20);
      expect(both.map(({ sent }) => sent)).to.have.deep.members([keys, []]);
    });

    it('takes over when the active one stops', async () => {
      const first = startNamed();
      const before = await rounds([first], 1);
      const second = startNamed();
      await first.relay.stop();
      const after = await rounds([second], 2);
      expect(first.sent).to.deep.equal(before);
      expect(second.sent).to.deep.equal(after);
    });

    it('takes over when the connection of the active one is killed, which then stands by', async () => {
      const both = [startNamed(), startNamed()] as const;
      await rounds(both, 1);
      for (let takeover = 0; takeover < 2; takeover++) {
        const killed = await holder();
        await database.db.raw(`KILL ${killed}`);
        await rounds(both, 2);
        expect(await holder())
          .to.be.a('number')
          .and.not.equal(killed);
      }
      expect(everything(), 'each once: no batch was in progress').to.have.length(5);
    });
  });

  describe('while the broker is unavailable', () => {
    it('keeps the rows and sends them in order when it is back', async () => {
      let isAway = true;
      let attempts = 0;
      const relay = start({
        broker: withBefore(async () => {
          attempts++;
          if (isAway) throw new Error('broker away');
        }),
      });
      const user = newId();
      const events = [registered(user, 1), erased(user, 2), registered(user, 3)];
      await append(events);
      relay.wake();
      await eventually(() => expect(attempts).to.be.at.least(3));
      expect(await waiting()).to.have.length(3);
      expect(everything()).to.deep.equal([]);
      isAway = false;
      await allPublished(events);
      expect(published.get(user)).to.deep.equal(idsIn(events));
    });

    it("keeps the rows if nothing listens at the broker's address, and can still be stopped", async () => {
      const away = testBroker('away.', ['127.0.0.1:1']);
      const event = registered();
      await append([event]);
      const relay = start({ broker: away });
      expect(await failureOf(away.publish([{ topic: TOPIC, key: 'a', value: '{}', headers: {} }]))).to.be.instanceOf(Error);
      expect(await failureOf(Promise.resolve(away.check()))).to.be.instanceOf(Error);
      await relay.stop();
      await away.disconnect();
      expect(await waiting()).to.have.length(1);
      start();
      await allPublished([event]);
    });
  });
});
