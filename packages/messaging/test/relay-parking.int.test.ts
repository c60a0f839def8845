import { newId, openConnection } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import { type Logger, noFailpoints } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, limitTopic, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { appendEvents, type Broker, countParkedKeys, type OutgoingMessage, startRelay } from '../src/index.ts';
import { openParking } from '../src/park-rows.ts';
import { dropParkedEvent, replayParkedEvents } from '../src/parked-events.ts';
import { readOldest } from '../src/read-outbox.ts';
import type { Relay, RelayOptions } from '../src/relay.ts';
import { idsOf, listenTo, requestedOf, type TopicListener } from './large-events.ts';
import { migrations, quietLogger, testBroker } from './test-service.ts';

const TOPIC = 'florin.purchases';
const LIMIT = 20_000;

describe('an event that the broker refuses', () => {
  let database: TestDatabase;
  let prefix: string;
  let broker: Broker;
  let topic: TopicListener;
  let relays: Relay[];
  let reports: { message: string; details: Record<string, unknown> }[];

  beforeEach(async () => {
    relays = [];
    reports = [];
    prefix = uniquePrefix('parking');
    broker = testBroker(prefix);
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
    await limitTopic(prefix + TOPIC, LIMIT);
    topic = await listenTo(broker, TOPIC);
    database = await createTestDatabase(migrations);
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await topic.stop();
    await broker.disconnect();
    await database.drop();
  });

  const logger = Object.assign(Object.create(quietLogger) as Logger, {
    error: (message: string, details: Record<string, unknown>) => void reports.push({ message, details }),
  });
  const start = (options: Partial<RelayOptions> = {}): Relay => {
    const defaults = { databaseUrl: database.url, broker, logger, reachFailpoint: noFailpoints };
    const relay = startRelay({ ...defaults, pollMs: 20, batchSize: 500, lingerMs: 0, ...options });
    relays.push(relay);
    return relay;
  };
  const append = (events: readonly OutgoingEvent[]): Promise<void> => database.db.transaction((trx) => appendEvents(trx, events));
  const waiting = (): Promise<unknown[]> => database.db('outbox').select('id');
  const parked = async (): Promise<(string | null)[]> => database.db('parked_outbox').orderBy('id').pluck('reason');
  const small = (buyer: string): OutgoingEvent => requestedOf(buyer, 300);
  const large = (buyer: string): OutgoingEvent => requestedOf(buyer, LIMIT);
  const order = ({ event }: OutgoingEvent) => ({ eventId: event.id, actorId: null });
  const untilParked = (parkedRows: number): Promise<void> =>
    eventually(async () => {
      expect(await waiting()).to.deep.equal([]);
      expect(await parked()).to.have.length(parkedRows);
    });
  /** Expects exactly these messages once, those of each key in order. */
  const expectPublished = async (events: readonly OutgoingEvent[]): Promise<void> => {
    await eventually(() => expect(topic.ids()).to.have.members(idsOf(events)));
    for (const [key, ids] of topic.published) expect(ids).to.deep.equal(idsOf(events.filter((one) => one.key === key)));
  };

  it('is parked with later events of its key, without affecting other keys, and is reported', async () => {
    const [alice, bob] = [newId(), newId()];
    const [early, refused, follower] = [small(alice), large(alice), small(alice)] as const;
    const others = [small(bob), small(bob)] as const;
    await append([early, others[0], refused, follower, others[1]]);
    start();
    await untilParked(2);
    await expectPublished([early, ...others]);
    expect(await parked()).to.deep.equal(['MESSAGE_TOO_LARGE', null]);
    expect(await countParkedKeys(database.db)).to.equal(1);
    expect(reports).to.have.length(1);
    expect(reports[0]?.details).to.include({ eventId: refused.event.id, topic: TOPIC, reason: 'MESSAGE_TOO_LARGE' });

    const later = [small(alice), small(bob)] as const;
    await append(later);
    await untilParked(3);
    await expectPublished([early, ...others, later[1]]);
  });

  it('stays parked with later events of its key when another relay takes over', async () => {
    const alice = newId();
    await append([large(alice)]);
    const first = start();
    await untilParked(1);
    await first.stop();
    await append([small(alice)]);
    start();
    await untilParked(2);
    expect(topic.ids()).to.deep.equal([]);
  });

  it('is found among many when the limit is lowered while the relay runs, and no acknowledged event is sent again', async () => {
    await limitTopic(prefix + TOPIC, 200_000);
    const first = small(newId());
    const relay = start({ pollMs: 3_600_000 });
    await append([first]);
    relay.wake();
    await expectPublished([first]);
    await limitTopic(prefix + TOPIC, LIMIT);

    const buyers = Array.from({ length: 12 }, () => newId());
    const refused = [large(buyers[3] ?? ''), large(buyers[7] ?? '')];
    const others = Array.from({ length: 48 }, (_, n) => requestedOf(buyers[n % 12] ?? '', 1_000));
    const events = [...others.slice(0, 24), ...refused, ...others.slice(24)];
    await append(events);
    relay.wake();
    await untilParked(2 + 4);
    const isBehind = (one: OutgoingEvent): boolean =>
      refused.some(({ key }) => key === one.key) && events.indexOf(one) > events.indexOf(refused[0] as OutgoingEvent);
    await expectPublished([first, ...events.filter((one) => !refused.includes(one) && !isBehind(one))]);
  });

  it('is retried, not parked, if the error is transient', async () => {
    let attempts = 0;
    const event = small(newId());
    await append([event]);
    start({
      broker: {
        ...broker,
        publish: async (messages) => {
          if (++attempts < 3) throw Object.assign(new Error('the clock is ahead'), { type: 'INVALID_TIMESTAMP', code: 32 });
          await broker.publish(messages);
        },
      },
    });
    await expectPublished([event]);
    expect(attempts).to.equal(3);
    await untilParked(0);
  });

  it('is published before all later events when an operator replays it', async () => {
    const [alice, bob] = [newId(), newId()];
    const events = [large(alice), small(alice), small(bob), small(alice)] as const;
    await append(events);
    start();
    await untilParked(3);
    await limitTopic(prefix + TOPIC, 200_000);
    expect(await replayParkedEvents(database.db, order(events[3]))).to.equal(3);
    const later = small(alice);
    await append([later]);
    await untilParked(0);
    await expectPublished([...events, later]);
    const actions: string[] = await database.db('audit_log').pluck('action');
    expect(actions).to.deep.equal(['parked-event.replay']);
  });

  it('stays parked, without an entry in the audit log, if the replay or the drop fails', async () => {
    const alice = newId();
    const events = [large(alice), small(alice)] as const;
    await append(events);
    start();
    await untilParked(2);
    const refusal = "FOR EACH ROW SIGNAL SQLSTATE '45000'";
    await database.db.raw(`CREATE TRIGGER nothing_returns BEFORE DELETE ON parked_outbox ${refusal}`);
    const drop = () => database.db.transaction((trx) => dropParkedEvent(trx, order(events[0]), { isForced: false }));
    for (const work of [() => replayParkedEvents(database.db, order(events[0])), drop])
      expect(await failureOf(work())).to.be.instanceOf(Error);
    await database.db.raw('DROP TRIGGER nothing_returns');
    expect(await parked()).to.deep.equal(['MESSAGE_TOO_LARGE', null]);
    expect(await database.db('audit_log')).to.deep.equal([]);
  });

  it('is parked again before the others when it is replayed too early', async () => {
    const alice = newId();
    const events = [large(alice), small(alice), small(alice)] as const;
    await append(events);
    start();
    await untilParked(3);
    await replayParkedEvents(database.db, order(events[0]));
    await untilParked(3);
    expect(await parked()).to.deep.equal(['MESSAGE_TOO_LARGE', null, null]);
    expect(topic.ids()).to.deep.equal([]);
  });

  it('can be dropped by an operator; events behind it wait until they are replayed, and are dropped only with force', async () => {
    const alice = newId();
    const events = [large(alice), small(alice), small(alice)] as const;
    await append(events);
    start();
    await untilParked(3);
    const drop = (event: OutgoingEvent, isForced = false): Promise<void> =>
      database.db.transaction((trx) => dropParkedEvent(trx, order(event), { isForced }));
    expect(await failureOf(drop(events[1]))).to.include({ code: 'PARKED_EVENT_WAITS', status: 409 });
    await drop(events[1], true);
    await drop(events[0]);
    expect(await failureOf(drop(events[0]))).to.include({ code: 'NOT_FOUND' });
    await untilParked(1);
    await replayParkedEvents(database.db, order(events[2]));
    await untilParked(0);
    await expectPublished([events[2]]);
    const actions: string[] = await database.db('audit_log').orderBy('id').pluck('action');
    expect(actions).to.deep.equal(['parked-event.drop', 'parked-event.drop', 'parked-event.replay']);
  });

  it('parks no event that was read before its key was released', async () => {
    const alice = newId();
    const events = [large(alice), small(alice)] as const;
    await append(events);
    const first = start();
    await untilParked(2);
    await first.stop();
    const late = small(alice);
    await append([late]);

    const connection = await openConnection(database.url, { idleTimeoutS: 60 });
    try {
      const parking = await openParking(connection, quietLogger);
      const rows = await readOldest(connection, [], 10);
      await replayParkedEvents(database.db, order(events[0]));
      expect(await parking.parkFollowers(rows)).to.equal(undefined);
      expect(await parked()).to.deep.equal([]);
      const again = await readOldest(connection, [], 10);
      expect(await parking.parkFollowers(again)).to.have.length(3);
    } finally {
      connection.destroy();
    }
  });

  it('is not parked if a thousand keys are: the relay waits', async () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => ({
      id: id + 1,
      event_id: Buffer.alloc(16),
      topic: TOPIC,
      message_key: Buffer.from(newId()),
      type: 'purchase-requested',
      payload: '{}',
      created_at: new Date(),
      reason: 'MESSAGE_TOO_LARGE',
    }));
    await database.db.batchInsert('parked_outbox', rows, 500);
    await database.db.raw('ALTER TABLE outbox AUTO_INCREMENT = 2000');
    let attempts = 0;
    await append([large(newId())]);
    start({
      broker: {
        ...broker,
        publish: (messages: readonly OutgoingMessage[]) => {
          attempts++;
          return broker.publish(messages);
        },
      },
    });
    await eventually(() => expect(attempts).to.be.above(2));
    expect(await waiting()).to.have.length(1);
    expect(await countParkedKeys(database.db)).to.equal(1_000);
  });
});
