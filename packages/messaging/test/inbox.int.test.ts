import { runTransaction } from '@florin/database';
import type { Event } from '@florin/events';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { isInboxConflict, receiveEvents } from '../src/inbox.ts';
import { pruneInbox } from '../src/prune-inbox.ts';
import { migrations, registered } from './test-service.ts';

const CONSUMER = 'florin.test';

describe('the inbox', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const some = (count: number): Event[] => Array.from({ length: count }, () => registered().event);
  const idsOf = (events: readonly Event[]): string[] => events.map(({ id }) => id);
  const handle = (
    events: readonly Event[],
    meanwhile: (trx: Knex.Transaction) => Promise<void> = async () => {},
  ): Promise<string[]> =>
    runTransaction(
      database.db,
      async (trx) => {
        const fresh = await receiveEvents(trx, CONSUMER, events);
        for (const { id } of events) {
          if (fresh.has(id)) await trx('effects').insert({ event_id: id, user_id: '', type: '' });
        }
        await meanwhile(trx);
        return [...fresh];
      },
      isInboxConflict,
    );
  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  beforeEach(() => database.db('effects').delete());

  it('returns each event as new once', async () => {
    const events = some(3);
    expect(await handle(events)).to.have.members(idsOf(events));
    expect(await handle([...events, ...some(1)])).to.have.length(1);
    expect(await effects()).to.have.length(4);
  });

  it('accepts the same event twice in one batch', async () => {
    const [event] = some(1) as [Event];
    expect(await handle([event, event])).to.deep.equal([event.id]);
  });

  it('accepts an empty list', async () => {
    expect(await handle([])).to.deep.equal([]);
  });

  it('records nothing if the transaction rolls back', async () => {
    const events = some(2);
    const failure: unknown = await handle(events, () => Promise.reject(new Error('no'))).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'no');
    expect(await handle(events)).to.have.length(2);
  });

  it('keeps one inbox per consumer', async () => {
    const events = some(2);
    await handle(events);
    await database.db.transaction(async (trx) => {
      expect(await receiveEvents(trx, 'florin.other', events)).to.have.property('size', 2);
    });
  });

  it('lets only one of two concurrent transactions receive the same events', async () => {
    const events = some(20);
    const taken = await Promise.all([handle(events), handle([...events].reverse()), handle(events)]);
    expect(taken.flat()).to.have.members(idsOf(events));
    expect(await effects()).to.have.members(idsOf(events));
  });

  it('makes the second transaction wait, and receive the events if the first rolls back', async () => {
    const events = some(3);
    const first = await database.db.transaction();
    await receiveEvents(first, CONSUMER, events);
    const second = handle(events);
    await first.rollback();
    expect(await second).to.have.members(idsOf(events));
  });

  it('receives overlapping batches, each event once', async () => {
    const events = some(30);
    const slices = [events.slice(0, 20), events.slice(10, 30), events.slice(5, 25).reverse()];
    const taken = await Promise.all(slices.map((slice) => handle(slice)));
    expect(taken.flat()).to.have.members(idsOf(events));
    expect(await effects()).to.have.length(30);
  });
});

describe('pruneInbox', () => {
  it('deletes only rows older than sixty days', async () => {
    const { db, drop } = await createTestDatabase(migrations);
    try {
      const ages = [0, 29, 59, 61, 400];
      for (const days of ages) {
        await db.raw(
          'INSERT INTO inbox (consumer, event_id, received_at) VALUES (?, RANDOM_BYTES(16), NOW(3) - INTERVAL ? DAY)',
          [String(days), days],
        );
      }
      expect(await pruneInbox(db)).to.equal(2);
      expect(await db('inbox').orderBy('received_at', 'desc').pluck('consumer')).to.deep.equal(['0', '29', '59']);
      expect(await pruneInbox(db)).to.equal(0);
    } finally {
      await drop();
    }
  });

  it('uses several statements for many rows', async () => {
    const { db, drop } = await createTestDatabase(migrations);
    try {
      await db.raw(
        `INSERT INTO inbox (consumer, event_id, received_at)
         WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900)
         SELECT consumer, UNHEX(LEFT(SHA2(CONCAT(consumer, i), 256), 32)), '2020-01-01' FROM n, (SELECT 'a' AS consumer UNION ALL SELECT 'b' UNION ALL SELECT 'c') AS c`,
      );
      expect(await pruneInbox(db)).to.equal(2_700);
      expect(await db('inbox')).to.have.length(0);
    } finally {
      await drop();
    }
  });
});
