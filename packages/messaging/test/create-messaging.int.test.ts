import assert from 'node:assert/strict';
import { createTransact, idText, newId, runTransaction } from '@florin/database';
import type { Event } from '@florin/events';
import { createMetrics, Degraded, sleep } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { replayDeadLetter } from '../src/dead-letters.ts';
import { appendEvents, type Broker, createMessaging, type Messaging, type MessagingOptions } from '../src/index.ts';
import { PoisonError } from '../src/is-poison.ts';
import { noteEffects } from './feed-consumer.ts';
import { erased, messageOf, migrations, quietLogger, registered, signatures, testBroker } from './test-service.ts';

const TOPIC = 'florin.users';

describe('the messaging of a service', () => {
  let database: TestDatabase;
  let prefix: string;
  let outside: Broker;
  let running: Messaging[];

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    prefix = uniquePrefix('messaging');
    outside = testBroker(prefix);
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((messaging) => messaging.stop()));
    await outside.disconnect();
    await database.drop();
  });

  const start = (options: Partial<MessagingOptions> = {}): Messaging => {
    const messaging = createMessaging({
      db: database.db,
      databaseUrl: database.url,
      broker: testBroker(prefix),
      logger: quietLogger,
      metrics: createMetrics('test'),
      service: 'test',
      subscriptions: { 'user-registered': noteEffects, 'user-erased': noteEffects },
      signatures,
      relay: { pollMs: 3_600_000, batchSize: 100, lingerMs: 20 },
      backlog: { maxRows: 1_000, degradedS: 30, maxS: 300 },
      consumerBatchSize: 100,
      onFatal: (error) => {
        throw error;
      },
      ...options,
    });
    running.push(messaging);
    messaging.start();
    return messaging;
  };
  const createTopic = (): Promise<void> => outside.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
  const faultOf = (messaging: Messaging, check: string) => failureOf((async () => messaging.checks[check]?.())());
  const joined = (messaging: Messaging): Promise<void> => eventually(() => messaging.checks['consumer']?.());
  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const nextOffsets = async (): Promise<number> => {
    const offsets: number[] = await database.db('consumer_offsets').pluck('next_offset');
    return offsets.reduce((sum, offset) => sum + offset, 0);
  };

  it('carries events between services, and the events that they cause, without waiting for a poll', async () => {
    await createTopic();
    const committed: Event[] = [];
    const messaging = start({
      subscriptions: {
        'user-registered': async (trx: Knex.Transaction, events) => {
          await noteEffects(trx, events);
          await appendEvents(
            trx,
            events.map(({ data }) => erased(data.userId)),
          );
        },
        'user-erased': noteEffects,
      },
      onCommitted: (events) => committed.push(...events),
    });
    await joined(messaging);
    const { topic, key, event } = registered();
    await createTransact(database.db, messaging)((trx) => appendEvents(trx, [{ topic, key, event }]));
    await eventually(() => expect(committed.map(({ type }) => type)).to.deep.equal(['user-registered', 'user-erased']));
    const [first, second] = committed;
    expect(first).to.deep.equal({ ...event, traceparent: first?.traceparent });
    expect(second?.traceparent, 'one trace').to.equal(first?.traceparent).and.not.equal(undefined);
    expect(await effects()).to.deep.equal(committed.map(({ id }) => id));
    expect(await database.db('outbox')).to.deep.equal([]);
    expect(await nextOffsets(), 'the offset after each of the two').to.equal(2);
    await messaging.checks['kafka']?.();
  });

  it('logs the error of a listener to committed events, which have taken effect and are no dead letters', async () => {
    await createTopic();
    const logged: string[] = [];
    const messaging = start({
      logger: Object.assign(Object.create(quietLogger), { error: (event: string) => logged.push(event) }),
      onCommitted: () => assert.fail('the listener fails'),
    });
    await joined(messaging);
    const events = [registered(), registered()];
    for (const [index, event] of events.entries()) {
      await outside.publish([messageOf(event)]);
      await eventually(async () => expect(await nextOffsets()).to.equal(index + 1));
      await eventually(() => expect(logged).to.have.length(index + 1));
    }
    expect(await effects()).to.deep.equal(events.map(({ event }) => event.id));
    expect(await database.db('dead_letters')).to.deep.equal([]);
    expect(logged).to.deep.equal(events.map(() => 'a listener to committed events failed'));
  });

  it('is not woken by a transaction without events', async () => {
    await createTopic();
    const messaging = start();
    await joined(messaging);
    const transact = createTransact(database.db, messaging);
    const waiting = async (): Promise<number> => (await database.db('outbox')).length;
    await runTransaction(database.db, (trx) => appendEvents(trx, [registered()]));
    await transact((trx) => trx.raw('SELECT 1'));
    await sleep(200);
    expect(await waiting()).to.equal(1);
    await transact((trx) => appendEvents(trx, [registered()]));
    await eventually(async () => expect(await waiting()).to.equal(0));
  });

  it('waits for its topics, reports that, and then consumes earlier events', async () => {
    const messaging = start();
    expect(await faultOf(messaging, 'consumer')).to.have.property('message', 'not subscribed yet');
    await createTopic();
    const events = [registered(), registered()];
    await outside.publish(events.map(messageOf));
    await joined(messaging);
    await eventually(async () => expect(await effects()).to.have.members(events.map(({ event }) => event.id)));
  });

  it('is degraded, not unavailable, while a partition is blocked, because another instance would not do better', async () => {
    await createTopic();
    let isStuck = true;
    const messaging = start({
      subscriptions: {
        'user-registered': async (trx: Knex.Transaction, events) => {
          if (isStuck) throw new Error('the table is not there yet');
          await noteEffects(trx, events);
        },
      },
    });
    await joined(messaging);
    const event = registered();
    await outside.publish([messageOf(event)]);
    await eventually(async () =>
      expect(await faultOf(messaging, 'consumer'))
        .to.be.instanceOf(Degraded)
        .with.property('message')
        .that.includes('is blocked: the table is not there yet'),
    );
    isStuck = false;
    await eventually(async () => expect(await effects()).to.deep.equal([event.event.id]));
    await messaging.checks['consumer']?.();
  });

  it('is degraded while the maximum of dead letters holds a partition up, and then continues where it was', async () => {
    await createTopic();
    let isCursed = true;
    const messaging = start({
      maxDeadLetters: 2,
      subscriptions: {
        'user-registered': async (trx: Knex.Transaction, events) => {
          assert(!isCursed, 'cursed');
          await noteEffects(trx, events);
        },
        'user-erased': noteEffects,
      },
    });
    await joined(messaging);
    const alice = newId();
    const events = [registered(alice), ...[2, 3, 4].map((sequence) => erased(alice, sequence))];
    for (const event of events) await outside.publish([messageOf(event)]);
    await eventually(async () =>
      expect(await faultOf(messaging, 'consumer'))
        .to.be.instanceOf(Degraded)
        .with.property('message')
        .that.matches(/florin\.users\/\d is blocked: dead and parked messages: .* the maximum of 2 \(DEAD_LETTERS_MAX_ROWS\)/),
    );
    expect(await database.db('dead_letters')).to.have.length.within(1, 2);

    isCursed = false;
    const [dead] = (await database.db('dead_letters').where({ status: 'dead' })) as [{ id: Buffer }];
    await replayDeadLetter(messaging.handling, { id: idText(dead.id), actorId: null });
    await eventually(async () => expect(await effects()).to.deep.equal(events.map(({ event }) => event.id)));
    await messaging.checks['consumer']?.();
  });

  it('counts messages that no Florin producer made, by topic', async () => {
    await createTopic();
    const metrics = createMetrics('test');
    const messaging = start({ metrics });
    await joined(messaging);
    await outside.publish(['hello', '{}'].map((value) => ({ topic: TOPIC, key: newId(), value, headers: {} })));
    await eventually(async () =>
      expect(await metrics.registry.metrics()).to.match(
        /^florin_foreign_messages_total\{topic="florin\.users",service="test"\} 2$/m,
      ),
    );
  });

  it('counts forged events by topic, and continues', async () => {
    await createTopic();
    const metrics = createMetrics('test');
    const messaging = start({ metrics, signatures: { ...signatures, mode: 'require' } });
    await joined(messaging);
    const genuine = registered();
    await outside.publish([messageOf(registered())]);
    await createTransact(database.db, messaging)((trx) => appendEvents(trx, [genuine]));
    await eventually(async () => {
      const text = await metrics.registry.metrics();
      expect(text).to.match(/^florin_forged_events_total\{topic="florin\.users",service="test"\} 1$/m);
      expect(text).to.match(/^florin_security_events_total\{event="events\.forged",service="test"\} 1$/m);
      expect(await effects()).to.deep.equal([genuine.event.id]);
    });
    await messaging.checks['consumer']?.();
  });

  it('is unavailable if it cannot reach the broker while another instance publishes', async () => {
    const messaging = start({ broker: testBroker(prefix, ['127.0.0.1:1']), subscriptions: {} });
    expect(await faultOf(messaging, 'kafka')).to.be.instanceOf(Degraded);
    await runTransaction(database.db, (trx) => appendEvents(trx, [registered()]));
    await database.db.raw('UPDATE outbox SET created_at = created_at - INTERVAL 40 SECOND');
    // So the outbox has been looked at.
    await eventually(async () => expect(await faultOf(messaging, 'backlog')).to.be.instanceOf(Degraded));
    expect(await faultOf(messaging, 'kafka')).to.be.instanceOf(Degraded);
    await database.db('outbox').delete();
    await eventually(async () => {
      const fault = await faultOf(messaging, 'kafka');
      expect(fault).to.not.be.instanceOf(Degraded);
      expect((fault as Error).message).to.match(/^this instance cannot reach Kafka, and others publish: /);
    });
  });

  it('says in a metric that its consumer has ended by a failure', async () => {
    await createTopic();
    const metrics = createMetrics('test');
    const messaging = start({ metrics, subscriptions: { 'user-registered': () => Promise.reject(new PoisonError('cursed')) } });
    await joined(messaging);
    const stopped = async () => /^florin_consumer_stopped\{service="test"\} (\d)$/m.exec(await metrics.registry.metrics())?.[1];
    expect(await stopped()).to.equal('0');
    await outside.publish(Array.from({ length: 15 }, () => messageOf(registered())));
    await eventually(async () => expect(await stopped()).to.equal('1'));
    expect(await faultOf(messaging, 'consumer'))
      .to.be.instanceOf(Error)
      .and.not.instanceOf(Degraded);
  });

  it('starts no consumer without subscriptions', async () => {
    const messaging = start({ subscriptions: {} });
    await messaging.checks['consumer']?.();
  });

  it('finishes the running batch when it stops, and the next instance gets none of its messages', async () => {
    await createTopic();
    let letGo: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let working = 0;
    const first = start({
      subscriptions: {
        'user-registered': async (trx, events) => {
          working++;
          await released;
          await noteEffects(trx, events);
        },
      },
    });
    const event = registered();
    await outside.publish([messageOf(event)]);
    await eventually(() => expect(working).to.equal(1));
    const stopping = first.stop();
    letGo();
    await stopping;
    expect(await effects()).to.deep.equal([event.event.id]);
    expect(await nextOffsets()).to.equal(1);

    // Without its inbox rows the database would accept the event again: a message that arrives now was not committed to Kafka.
    await database.db('inbox').delete();
    const next = registered();
    await outside.publish([messageOf(next)]);
    const second = start();
    await joined(second);
    await eventually(async () => expect(await effects()).to.include(next.event.id));
    expect(await effects()).to.have.members([event.event.id, next.event.id]);
    expect(await nextOffsets()).to.equal(2);
  });

  it('starts, reports what is missing, and stops while the broker is unavailable', async () => {
    const messaging = start({ broker: testBroker(prefix, ['127.0.0.1:1']) });
    await runTransaction(database.db, (trx) => appendEvents(trx, [registered()]));
    messaging.wake();
    for (const name of ['kafka', 'consumer']) {
      expect(await faultOf(messaging, name), name).to.be.instanceOf(Error);
    }
    // Another instance could not reach it either. This one is not subscribed yet, and cannot know which tokens were revoked.
    expect(await faultOf(messaging, 'kafka')).to.be.instanceOf(Degraded);
    expect(await faultOf(messaging, 'consumer')).to.not.be.instanceOf(Degraded);
    await messaging.stop();
    running = [];
    expect(await database.db('outbox')).to.have.length(1);
  });
});
