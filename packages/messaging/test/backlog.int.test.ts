import { createTransact } from '@florin/database';
import { createMetrics, Degraded } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, shiftClock, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { type Backlog, type BacklogOptions, watchBacklog } from '../src/backlog.ts';
import { createBacklogGauges } from '../src/backlog-gauges.ts';
import { appendEvents, type Broker } from '../src/index.ts';
import { isOutboxFull, readOutboxSize } from '../src/outbox-size.ts';
import { largestTrue, readLag } from '../src/read-lag.ts';
import { CONSUMER } from './feed-consumer.ts';
import { messageOf, migrations, quietLogger, registered, testBroker } from './test-service.ts';

const TOPIC = 'florin.users';
const ON_TIME = { maxRows: 5, degradedS: 30, maxS: 300 };

describe('the backlog of a service', () => {
  let database: TestDatabase;
  let broker: Broker;
  const running: Backlog[] = [];

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    broker = testBroker(uniquePrefix('backlog'));
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((backlog) => backlog.stop()));
    await broker.disconnect();
    await database.drop();
  });

  const watch = (options: Partial<BacklogOptions> = {}): Backlog => {
    const backlog = watchBacklog({
      db: database.db,
      broker,
      logger: quietLogger,
      consumer: CONSUMER,
      topics: [TOPIC],
      limits: ON_TIME,
      lookEveryMs: 50,
      measureEveryMs: 50,
      ...options,
    });
    running.push(backlog);
    backlog.start();
    return backlog;
  };
  const append = (count: number) =>
    database.db.transaction((trx) =>
      appendEvents(
        trx,
        Array.from({ length: count }, () => registered()),
      ),
    );
  const age = (seconds: number) =>
    database.db.raw('UPDATE outbox SET created_at = CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND', [seconds]);
  const publish = (count: number) => broker.publish(Array.from({ length: count }, () => messageOf(registered())));
  const handleAll = async (): Promise<void> => {
    for (const { topic, partition, high } of await broker.bounds([TOPIC]))
      await database.db.raw('REPLACE INTO consumer_offsets VALUES (?, ?, ?, ?)', [CONSUMER, topic, partition, high]);
  };
  const lag = async () => (await readLag(database.db, broker, { consumer: CONSUMER, topics: [TOPIC] }))[0];

  it('is behind until it has measured that the consumer is in step, and again if the broker cannot tell', async () => {
    await publish(3);
    const options = { db: database.db, broker, logger: quietLogger, consumer: CONSUMER, topics: [TOPIC], limits: ON_TIME };
    expect(watchBacklog(options).isBehind()).to.equal(true);
    await handleAll();
    const backlog = watch();
    await eventually(() => expect(backlog.isBehind()).to.equal(false));
    const away = watch({ broker: { ...broker, bounds: () => Promise.reject(new Error('away')) } });
    await eventually(() => expect(backlog.isBehind()).to.equal(false));
    expect(away.isBehind()).to.equal(true);
    await publish(1);
    await eventually(() => expect(backlog.isBehind()).to.equal(true));
  });

  it('rejects writes while the outbox is full, before anything is written, and accepts them when it has drained', async () => {
    const backlog = watch();
    const transact = createTransact(database.db, { applyBackpressure: backlog.applyBackpressure, committed: () => {} });
    await append(6);
    await eventually(() => expect(() => backlog.applyBackpressure()).to.throw('Too many events wait'));
    let hasBegun = false;
    const refusal = await failureOf(
      transact(async () => {
        hasBegun = true;
      }),
    );
    expect(refusal).to.deep.include({ code: 'UNAVAILABLE', status: 503, headers: { 'Retry-After': '5' } });
    expect(hasBegun).to.equal(false);
    expect(() => backlog.check()).to.throw(Degraded, 'the outbox is full (5 events)');

    await database.db('outbox').orderBy('id').limit(3).delete();
    await eventually(() => backlog.applyBackpressure());
    await transact(async () => {
      hasBegun = true;
    });
    expect(hasBegun).to.equal(true);
  });

  it('counts events, not the gaps that rollbacks leave in their ids', async () => {
    await append(1);
    await database.db.raw('ALTER TABLE outbox AUTO_INCREMENT = 1000');
    await append(1);
    const size = await readOutboxSize(database.db, { maxParked: 10 });
    expect(size.span).to.be.above(900);
    expect(await isOutboxFull(database.db, size, 2)).to.equal(false);
    expect(await isOutboxFull(database.db, size, 1)).to.equal(true);
  });

  it('is degraded with an old event in the outbox, and rejects purchases with a very old one', async () => {
    const backlog = watch();
    await append(1);
    await eventually(async () => expect((await readOutboxSize(database.db, { maxParked: 1 })).span).to.equal(1));
    backlog.check();
    await age(40);
    await eventually(() => expect(() => backlog.check()).to.throw(Degraded, /the oldest event in the outbox has waited 4\d s/));
    backlog.assertTimely();
    await age(400);
    await eventually(() => expect(() => backlog.assertTimely()).to.throw('Events are delayed'));
    backlog.applyBackpressure();
    await database.db('outbox').delete();
    await eventually(() => {
      backlog.check();
      backlog.assertTimely();
    });
  });

  it('is degraded while the consumer lags', async () => {
    await publish(7);
    const backlog = watch({ limits: { ...ON_TIME, degradedS: 1, maxS: 2 } });
    await eventually(() => expect(() => backlog.check()).to.throw(Degraded, 'the consumer is behind in florin.users by'));
    await eventually(() => expect(() => backlog.assertTimely()).to.throw('Events are delayed'));
    await handleAll();
    await eventually(() => {
      backlog.check();
      backlog.assertTimely();
    });
  });

  it('measures the lag in messages and in seconds', async () => {
    // A new topic needs a moment until every broker knows its leaders.
    await eventually(async () => expect(await lag()).to.deep.equal({ topic: TOPIC, messages: 0, seconds: 0 }));
    const publishedAt = Date.now();
    await publish(7);
    expect((await lag())?.messages).to.be.at.least(7);
    await eventually(async () => expect((await lag())?.seconds).to.be.at.least(2));
    expect((await lag())?.seconds).to.be.at.most((Date.now() - publishedAt) / 1000 + 1);
    await handleAll();
    expect(await lag()).to.deep.equal({ topic: TOPIC, messages: 0, seconds: 0 });
    await publish(2);
    expect((await lag())?.messages).to.be.at.least(2);
  });

  it("measures the lag by the broker's clock, even if its own clock is fast", async () => {
    await eventually(async () => expect(await lag()).to.include({ messages: 0 }));
    const clock = shiftClock(3_600_000);
    try {
      await broker.readClock?.();
      await publish(7);
      expect((await lag())?.seconds).to.be.below(60);
    } finally {
      clock.restore();
    }
  });

  it('finds the largest number of seconds for which a test holds', async () => {
    for (const answer of [0, 1, 2, 3, 7, 8, 1_000, 2_592_000]) {
      let questions = 0;
      const holds = async (seconds: number): Promise<boolean> => {
        questions++;
        return seconds <= answer;
      };
      expect(await largestTrue(holds)).to.equal(answer);
      expect(questions).to.be.at.most(answer === 0 ? 1 : 2 * Math.ceil(Math.log2(answer + 2)));
    }
    expect(await largestTrue(async () => true)).to.be.above(2_592_000);
  });

  it('exposes six metrics', async () => {
    const metrics = createMetrics('test');
    await append(3);
    await age(50);
    await publish(4);
    await database.db.raw(
      `INSERT INTO dead_letters (id, consumer, status, topic, partition_id, message_offset, message_key, cause, reason)
       VALUES (UNHEX(REPEAT('01', 16)), ?, 'dead', 't', 0, 0, 'k', 'Error: why', 'why'),
         (UNHEX(REPEAT('02', 16)), ?, 'parked', 't', 0, 1, 'k', NULL, NULL)`,
      [CONSUMER, CONSUMER],
    );
    await database.db('quarantined').insert({ consumer: CONSUMER, message_key: 'k' });
    await database.db.raw(
      `INSERT INTO parked_outbox (id, event_id, topic, message_key, type, payload, created_at, reason)
       VALUES (1, UNHEX(REPEAT('03', 16)), 't', 'k', 'x', '{}', NOW(3), 'why'), (2, UNHEX(REPEAT('04', 16)), 't', 'k', 'x', '{}', NOW(3), NULL)`,
    );
    watch({ gauges: createBacklogGauges(metrics) });
    const shown = async (name: string, labels = ''): Promise<number> => {
      const text = await metrics.registry.metrics();
      const line = text.split('\n').find((one) => one.startsWith(`${name}{${labels}`));
      return Number(line?.split(' ').at(-1));
    };
    await eventually(async () => {
      expect(await shown('florin_outbox_rows')).to.equal(3);
      expect(await shown('florin_outbox_oldest_age_seconds')).to.be.at.least(50);
      // A minimum: messages are published again if the leader of a new topic was not ready.
      expect(await shown('florin_consumer_lag_messages', 'topic="florin.users"')).to.be.at.least(4);
      expect(await shown('florin_consumer_lag_seconds', 'topic="florin.users"')).to.be.at.least(1);
      expect(await shown('florin_dead_letters')).to.equal(1);
      expect(await shown('florin_parked_keys', 'side="consumer"')).to.equal(1);
      expect(await shown('florin_parked_keys', 'side="outbox"')).to.equal(1);
    });
  });

  it('continues to measure after the database was unavailable', async () => {
    const backlog = watch();
    await database.db.raw('RENAME TABLE parked_outbox TO moved');
    await append(1);
    await age(40);
    await database.db.raw('RENAME TABLE moved TO parked_outbox');
    await eventually(() => expect(() => backlog.check()).to.throw(Degraded));
  });
});
