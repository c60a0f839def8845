import { AppError } from '@florin/app-response';
import { openDatabase } from '@florin/database';
import { createLogger } from '@florin/runtime';
import { closedPort, createTestDatabase, shiftClock, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { createAttemptLimit, createRateLimit, type RateLimitStore, rateLimitMigrations } from '../src/index.ts';
import { memoryCounter, pruneRateLimits, sharedCounter } from '../src/rate-limit-counter.ts';

const logger = createLogger({ service: 'test', level: 'error' });

describe('rate limits', () => {
  let database: TestDatabase;
  let clock: SinonFakeTimers | undefined;
  let names = 0;
  before(async () => {
    database = await createTestDatabase(rateLimitMigrations);
  });
  after(() => database.drop());
  afterEach(() => {
    clock?.restore();
    clock = undefined;
  });
  const stores: [string, () => RateLimitStore | undefined][] = [
    ['in memory', () => undefined],
    ['in the database', () => ({ db: database.db, logger })],
  ];
  const newName = (): string => `limit-${++names}`;

  for (const [where, store] of stores) {
    describe(where, () => {
      it('allows the limit, then rejects with the headers that the client needs', async () => {
        const name = newName();
        const limit = createRateLimit({ name, points: 3, durationS: 60, store: store() });
        expect(await limit.take('alice')).to.deep.equal({
          'RateLimit-Policy': `"${name}";q=3;w=60`,
          RateLimit: `"${name}";r=2;t=60`,
        });
        await limit.take('alice');
        await limit.take('alice');
        const error = await failureOf(limit.take('alice'));
        expect(error.code).to.equal('RATE_LIMITED');
        expect(error.status).to.equal(429);
        expect(error.headers).to.deep.equal({
          'RateLimit-Policy': `"${name}";q=3;w=60`,
          RateLimit: `"${name}";r=0;t=60`,
          'Retry-After': '60',
        });
        await limit.take('bob');
      });

      it('checks a key without counting a use, and counts a use without checking', async () => {
        const limit = createRateLimit({ name: newName(), points: 2, durationS: 60, store: store() });
        for (let count = 0; count < 5; count++) await limit.check('alice');
        await limit.count('alice');
        await limit.check('alice');
        for (let count = 0; count < 3; count++) await limit.count('alice');
        const error = await failureOf(limit.check('alice'));
        expect([error.status, error.headers['Retry-After']]).to.deep.equal([429, '60']);
        await limit.check('bob');
      });

      it('allows exactly the limit among concurrent uses', async () => {
        const limit = createRateLimit({ name: newName(), points: 5, durationS: 60, store: store() });
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => limit.take('alice')));
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(5);
      });

      it('starts anew after the window', async () => {
        clock = useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
        const limit = createRateLimit({ name: newName(), points: 1, durationS: 60, store: store() });
        await limit.take('alice');
        expect((await failureOf(limit.take('alice'))).status).to.equal(429);
        clock.tick(61_000);
        await limit.take('alice');
      });

      it('delays repeated failures, longer each time', async () => {
        clock = useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
        const limit = attempts(store());
        for (let attempt = 0; attempt < 3; attempt++) await limit.begin('alice');
        for (const pauseS of [10, 20, 40, 60, 60]) {
          await limit.begin('alice');
          expect((await failureOf(limit.begin('alice'))).headers['Retry-After']).to.equal(String(pauseS));
          clock.tick(pauseS * 1000 - 500);
          expect((await failureOf(limit.begin('alice'))).code).to.equal('RATE_LIMITED');
          clock.tick(600);
        }
        await limit.begin('bob');
      });

      it('allows only the free attempts among concurrent ones', async () => {
        const limit = attempts(store());
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => limit.begin('alice')));
        expect(outcomes.filter(({ status }) => status === 'fulfilled').length).to.be.within(3, 4);
      });

      it('takes back an expired use without leaving a count that never expires', async () => {
        clock = useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
        const where = store();
        const counter = where === undefined ? memoryCounter(newName()) : sharedCounter(newName(), where);
        await counter.add('alice', 1);
        clock.tick(2_000);
        await counter.takeBack('alice');
        clock.tick(2_000);
        const { used, endsInMs } = await counter.add('alice', 60);
        expect(used).to.equal(1);
        expect(endsInMs).to.be.within(1, 60_000);
      });

      it('locks nobody out for longer after a fast clock', async () => {
        const shifted = shiftClock(2 * 86_400_000);
        try {
          const limit = createRateLimit({ name: newName(), points: 1, durationS: 60, store: store() });
          const delayed = attempts(store());
          await limit.take('alice');
          await failureOf(limit.take('alice'));
          for (let attempt = 0; attempt < 4; attempt++) await delayed.begin('alice');
          await failureOf(delayed.begin('alice'));
          shifted.set(0);
          const again = await failureOf(limit.take('alice')).catch(() => undefined);
          expect(Number(again?.headers['Retry-After'] ?? 0)).to.be.at.most(60);
          const paused = await failureOf(delayed.begin('alice')).catch(() => undefined);
          expect(Number(paused?.headers['Retry-After'] ?? 0)).to.be.at.most(60);
        } finally {
          shifted.restore();
        }
      });

      it('forgets the failures after a success', async () => {
        const limit = attempts(store());
        for (let attempt = 0; attempt < 4; attempt++) await limit.begin('alice');
        await limit.forget('alice');
        for (let attempt = 0; attempt < 3; attempt++) await limit.begin('alice');
      });

      it('takes a success back without forgetting earlier failures', async () => {
        const limit = attempts(store());
        for (let attempt = 0; attempt < 3; attempt++) await limit.begin('office');
        for (let attempt = 0; attempt < 5; attempt++) {
          await limit.begin('office');
          await limit.takeBack('office');
        }
        await limit.begin('office');
        expect((await failureOf(limit.begin('office'))).headers['Retry-After']).to.equal('10');
      });

      const attempts = (where: RateLimitStore | undefined) =>
        createAttemptLimit({
          name: newName(),
          freeAttempts: 3,
          firstDelayS: 10,
          maxDelayS: 60,
          forgetAfterS: 3600,
          store: where,
        });
    });
  }

  it('shares counters between instances, and stores only hashed keys', async () => {
    const options = { name: newName(), points: 2, durationS: 60, store: { db: database.db, logger } };
    await createRateLimit(options).take('alice@example.com');
    await createRateLimit(options).take('alice@example.com');
    expect((await failureOf(createRateLimit(options).take('alice@example.com'))).status).to.equal(429);
    const keys: string[] = await database.db('rate_limits').pluck('key');
    expect(keys.filter((key) => key.includes('alice'))).to.deep.equal([]);
  });

  it('counts in memory while the database is unavailable', async () => {
    const away = openDatabase({ url: `mysql://root@127.0.0.1:${await closedPort()}/none`, poolMax: 1 });
    const silent = createLogger({ service: 'test', level: 'error' });
    const limit = createRateLimit({ name: newName(), points: 2, durationS: 60, store: { db: away, logger: silent } });
    await limit.take('alice');
    await limit.take('alice');
    expect((await failureOf(limit.take('alice'))).status).to.equal(429);
    await away.destroy();
  });

  it('keeps a limited number of keys in memory, and forgets the oldest first', async () => {
    const counter = memoryCounter('bounded', 1_000);
    await counter.add('first', 3600);
    for (let index = 0; index < 999; index++) await counter.add(`flood-${index}`, 3600);
    const usesOf = async (key: string): Promise<number> => (await counter.read(key, 3600)).used;
    expect(await usesOf('first')).to.equal(1);
    await counter.add('one-more', 3600);
    expect(await usesOf('first')).to.equal(0);
    expect(await usesOf('flood-0')).to.equal(1);
  });

  it('deletes expired counters from the table', async () => {
    await createRateLimit({ name: newName(), points: 2, durationS: 0.01, store: { db: database.db, logger } }).take('alice');
    const late = await database.db('rate_limits').where('expire', '<', Date.now() + 1_000);
    expect(late).to.have.length.greaterThan(0);
    clock = useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 });
    await pruneRateLimits(database.db);
    expect(await database.db('rate_limits').where('expire', '<', Date.now())).to.deep.equal([]);
  });
});

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}
