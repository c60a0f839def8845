import { idBytes, newId, runTransaction } from '@florin/database';
import type { Event, EventData } from '@florin/events';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { projectLimits } from '../src/buyer-limits/project-limits.ts';
import { readLimits } from '../src/buyer-limits/read-limits.ts';

type Told = Partial<EventData<'wallet-changed'>>;

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the daily limit in the buyer limits', () => {
  let database: TestDatabase;
  let userId: string;

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(() => {
    userId = newId();
  });

  /** A wallet with 1,000 available and a spend limit of 800. */
  const tell = (version: number, spending: Told = {}): Promise<void> => {
    const state = { availableMinor: 1_000, spendLimitMinor: 800, status: 'active', currency: 'EUR' } as const;
    const data = { walletId: newId(), userId, balanceMinor: 1_000, version, ...state, ...spending };
    const events = [{ data } as Event<'wallet-changed'>];
    return runTransaction(database.db, (trx) => projectLimits(trx, events));
  };
  const limit = async (): Promise<number | undefined> => (await readLimits(database.db, userId))[0]?.limitMinor;

  const cases: [what: string, spending: () => Told, limitMinor: number][] = [
    ['absent', () => ({ spentMinor: 900, spentOn: dayFromNow(0) }), 800],
    ['above the spend limit', () => ({ dailyLimitMinor: 5_000, spentMinor: 0 }), 800],
    ['not used yet', () => ({ dailyLimitMinor: 500, spentMinor: 0 }), 500],
    ['partly spent today', () => ({ dailyLimitMinor: 500, spentMinor: 300, spentOn: dayFromNow(0) }), 200],
    ['fully spent', () => ({ dailyLimitMinor: 500, spentMinor: 500, spentOn: dayFromNow(0) }), 0],
    ['lowered below the amount spent today', () => ({ dailyLimitMinor: 100, spentMinor: 300, spentOn: dayFromNow(0) }), -200],
    ['partly spent yesterday', () => ({ dailyLimitMinor: 500, spentMinor: 300, spentOn: dayFromNow(-1) }), 500],
    ['partly spent on another day', () => ({ dailyLimitMinor: 500, spentMinor: 300, spentOn: dayFromNow(2) }), 500],
    ['zero', () => ({ dailyLimitMinor: 0, spentMinor: 0 }), 0],
    ['absent in an event of an older release', () => ({}), 800],
  ];
  for (const [what, spending, limitMinor] of cases) {
    it(`is ${what}: the buyer may spend ${limitMinor}`, async () => {
      await tell(1, spending());
      expect(await limit()).to.equal(limitMinor);
    });
  }

  it('is that of the newest version, in any order of events', async () => {
    await tell(2, { dailyLimitMinor: 400, spentMinor: 0 });
    await tell(1, { dailyLimitMinor: 100, spentMinor: 0 });
    expect(await limit()).to.equal(400);
    await tell(3, { spentMinor: 0 });
    expect(await limit(), 'lifted').to.equal(800);
  });

  it('is removed by an event of an older release with a newer version', async () => {
    await tell(1, { dailyLimitMinor: 400, spentMinor: 0 });
    await tell(2);
    expect(await limit()).to.equal(800);
  });

  it('no longer applies after an older release has written a newer version and kept the column', async () => {
    await tell(1, { dailyLimitMinor: 400, spentMinor: 0 });
    await database
      .db('buyer_limits')
      .where({ user_id: idBytes(userId) })
      .update({ available_minor: 900, version: 2 });
    expect(await limit()).to.equal(800);
    await tell(3, { dailyLimitMinor: 400, spentMinor: 100, spentOn: dayFromNow(0) });
    expect(await limit()).to.equal(300);
  });
});
