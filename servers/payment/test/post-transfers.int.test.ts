import { AssertionError } from 'node:assert';
import { newId, openDatabase } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { knownAccounts, learnAccounts, MAX_KNOWN } from '../src/ledger/known-accounts.ts';
import { openAccounts } from '../src/ledger/open-accounts.ts';
import { postTransfers } from '../src/ledger/post-transfers.ts';
import { type Leg, MAX_LEGS, type Transfer } from '../src/ledger/transfer.ts';

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

  it('posts nothing for an empty list', async () => {
    await database.db.transaction((trx) => postTransfers(trx, []));
    expect(await database.db('transfers').select()).to.deep.equal([]);
  });

  const broken: [string, Transfer][] = [
    ['do not sum to zero', transferOf(5, [sales(-5), adjustments(4)])],
    ['debit more than they credit', transferOf(4, [sales(-5), adjustments(4)])],
    ['have only one side', transferOf(5, [sales(5)])],
    ['move another amount', transferOf(6, [sales(-5), adjustments(5)])],
    ['are missing', transferOf(5, [])],
    ['move nothing', transferOf(5, [sales(-5), adjustments(5), adjustments(0)])],
    ['move a fraction', transferOf(1, [sales(-0.5), sales(-0.5), adjustments(1)])],
    ['are too many', transferOf(MAX_LEGS, [...Array.from({ length: MAX_LEGS }, () => sales(1)), adjustments(-MAX_LEGS)])],
  ];
  for (const [what, transfer] of broken) {
    it(`refuses all of a list in which the legs ${what}`, async () => {
      const posting = database.db.transaction((trx) => postTransfers(trx, [sound, transfer]));
      const failure = await posting.catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(AssertionError);
      expect(await database.db('transfers').select()).to.deep.equal([]);
      expect(await database.db('ledger_entries').select()).to.deep.equal([]);
    });
  }

  it('posts transfers of 0 to 255 legs', async () => {
    const split = transferOf(9, [sales(-9), adjustments(4), adjustments(5)]);
    const halves = Array.from({ length: MAX_LEGS - 1 }, () => sales(1));
    const longest = transferOf(halves.length, [...halves, adjustments(-halves.length)]);
    await database.db.transaction((trx) => postTransfers(trx, [sound, split, longest, transferOf(0, [])]));
    expect(await database.db('transfers').select()).to.have.length(4);
    expect(await database.db('ledger_entries').select()).to.have.length(5 + MAX_LEGS);
  });

  describe('accounts', () => {
    const giftCards = () => transferOf(5, [sales(-5), { account: 'gift-cards', amountMinor: 5 }]);
    const post = (transfer: Transfer) => database.db.transaction((trx) => postTransfers(trx, [transfer]));

    it('must exist', async () => {
      const failure = await post(giftCards()).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(AssertionError).with.property('message', 'there is no account gift-cards');
      await database.db.transaction((trx) => openAccounts(trx, ['gift-cards', 'sales']));
      await database.db.transaction((trx) => openAccounts(trx, ['gift-cards']));
      await post(giftCards());
      expect(await database.db('ledger_entries').where({ account: 'gift-cards' }).select()).to.have.length(1);
    });

    it('are read once', async () => {
      const other = openDatabase({ url: database.url, poolMax: 2 });
      const reads: string[] = [];
      other.on('query', ({ sql }: { sql: string }) => void (sql.includes('`accounts`') && reads.push(sql)));
      try {
        for (let time = 0; time < 3; time++)
          await other.transaction((trx) => postTransfers(trx, [transferOf(5, [sales(-5), adjustments(5)])]));
        expect(reads).to.have.length(1);
      } finally {
        await other.destroy();
      }
    });

    it('are cached up to a bound, the newest of them', async () => {
      const names = Array.from({ length: MAX_KNOWN + 50 }, (_, index) => `store:${index}`);
      await database.db.transaction((trx) => openAccounts(trx, names));
      await database.db.transaction(async (trx) => {
        await learnAccounts(trx, names);
        const known = knownAccounts(trx);
        expect(known.size).to.equal(MAX_KNOWN);
        expect([known.has('store:0'), known.has(names.at(-1) ?? '')]).to.deep.equal([false, true]);
      });
      await post(transferOf(5, [{ account: 'store:0', amountMinor: -5 }, sales(5)]));
    });

    for (const name of ['', 'Sales', 'a b', 'x'.repeat(33), '-fees']) {
      it(`cannot be named ${JSON.stringify(name)}`, async () => {
        const failure = await database.db.transaction((trx) => openAccounts(trx, [name])).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(Error);
        expect(
          await database
            .db('accounts')
            .where({ name: name.slice(0, 32) })
            .select(),
        ).to.deep.equal([]);
      });
    }
  });
});
