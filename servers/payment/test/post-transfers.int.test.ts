import { AssertionError } from 'node:assert';
import { newId } from '@florin/runtime';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { postTransfers } from '../src/ledger/post-transfers.ts';
import type { Leg, Transfer } from '../src/ledger/transfer.ts';

describe('postTransfers', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const transferOf = (amountMinor: number, legs: readonly Leg[]): Transfer => ({
    id: newId(),
    type: 'opening-credit',
    amountMinor,
    currency: 'EUR',
    legs,
  });
  const sales = (amountMinor: number): Leg => ({ account: 'sales', amountMinor });
  const adjustments = (amountMinor: number): Leg => ({ account: 'adjustments', amountMinor });
  const sound = transferOf(5, [sales(-5), adjustments(5)]);

  it('posts nothing of an empty list', async () => {
    await database.db.transaction((trx) => postTransfers(trx, []));
    expect(await database.db('transfers').select()).to.deep.equal([]);
  });

  const broken: [string, Transfer][] = [
    ['do not sum to zero', transferOf(5, [sales(-5), adjustments(4)])],
    ['have only one side', transferOf(5, [sales(5)])],
    ['move another amount', transferOf(6, [sales(-5), adjustments(5)])],
    ['are missing', transferOf(5, [])],
  ];
  for (const [what, transfer] of broken) {
    it(`refuses all of a list in which entries ${what}`, async () => {
      const posting = database.db.transaction((trx) => postTransfers(trx, [sound, transfer]));
      const failure = await posting.catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(AssertionError);
      expect(await database.db('transfers').select()).to.deep.equal([]);
      expect(await database.db('ledger_entries').select()).to.deep.equal([]);
    });
  }

  it('posts transfers of any number of entries, and those without any', async () => {
    const split = transferOf(9, [sales(-9), adjustments(4), adjustments(5)]);
    await database.db.transaction((trx) => postTransfers(trx, [sound, split, transferOf(0, [])]));
    expect(await database.db('transfers').select()).to.have.length(3);
    expect(await database.db('ledger_entries').select()).to.have.length(5);
  });
});
