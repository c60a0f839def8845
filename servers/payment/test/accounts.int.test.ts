import { newId, openDatabase } from '@florin/database';
import { createTestDatabase, eventually, type TestDatabase, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { readAccounts, type TrialBalance } from '../src/ledger/read-accounts.ts';
import { takeSnapshot } from '../src/ledger/take-snapshot.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };

describe('the trial balance', () => {
  let database: TestDatabase;
  let alice: string;

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    alice = newId();
    await database.db.transaction((trx) => openWallets(trx, [registered(alice)], terms));
  });
  afterEach(() => database.drop());

  const buy = (userId: string, totalMinor: number) =>
    database.db.transaction((trx) => payPurchases(trx, [requested({ userId, totalMinor })]));
  const sides = (debitMinor: number, creditMinor: number) => ({
    ...{ debitMinor, debitMinorText: String(debitMinor) },
    ...{ creditMinor, creditMinorText: String(creditMinor) },
  });
  const account = (name: string, debitMinor: number, creditMinor: number, entries: number) => {
    const [of = '', currency = ''] = name.split(' ');
    const balanceMinor = creditMinor - debitMinor;
    const balance = { balanceMinor, balanceMinorText: String(balanceMinor) };
    return { account: of, currency, ...sides(debitMinor, creditMinor), ...balance, entries };
  };
  const balances = ({ accounts }: TrialBalance) =>
    Object.fromEntries(accounts.map(({ account, currency, balanceMinor }) => [`${account} ${currency}`, balanceMinor]));

  it('shows each account by currency, with debits equal to credits', async () => {
    const bob = newId();
    await database.db.transaction(async (trx) => {
      await openWallets(trx, [registered(bob)], { ...terms, currency: 'USD' });
      const undone = requested({ userId: alice, totalMinor: 200 });
      await payPurchases(trx, [requested({ userId: alice, totalMinor: 300 }), undone]);
      await refundPurchases(trx, [cancelled(undone.data)], terms);
    });
    expect(await readAccounts(database.db)).to.deep.equal({
      accounts: [
        account('opening-credit EUR', 1000, 0, 1),
        account('opening-credit USD', 1000, 0, 1),
        account('sales EUR', 200, 500, 3),
        account('wallet EUR', 500, 1200, 4),
        account('wallet USD', 0, 1000, 1),
      ],
      totals: [
        { currency: 'EUR', ...sides(1700, 1700), isBalanced: true },
        { currency: 'USD', ...sides(1000, 1000), isBalanced: true },
      ],
      snapshot: null,
      entriesSinceSnapshot: 10,
    });
  });

  it('shows sums beyond 2^53 - 1 as text, with and without a snapshot', async () => {
    const rich = { ...terms, openingCreditMinor: 9_000_000_000_000_000, spendLimitMinor: Number.MAX_SAFE_INTEGER };
    const [bob, carol] = [newId(), newId()];
    await database.db.transaction((trx) => openWallets(trx, [registered(bob), registered(carol)], rich));
    await buy(bob, Number.MAX_SAFE_INTEGER - 7_199_254_740_991);
    const unknown = { debitMinor: null, creditMinor: null, balanceMinor: null };
    for (const isAddedUp of [false, true]) {
      if (isAddedUp) expect(await takeSnapshot(database.db)).to.equal(0);
      const { accounts, totals } = await readAccounts(database.db);
      const [opening, sales, wallets] = accounts;
      expect(opening).to.include({ ...unknown, creditMinor: 0, creditMinorText: '0' });
      expect(opening).to.include({ debitMinorText: '18000000000001000', balanceMinorText: '-18000000000001000' });
      expect(sales).to.include({ creditMinor: 9_000_000_000_000_000, creditMinorText: '9000000000000000' });
      expect(wallets).to.include({ creditMinor: null, creditMinorText: '18000000000001000' });
      expect(wallets).to.include({ balanceMinor: 9_000_000_000_001_000, balanceMinorText: '9000000000001000' });
      expect(totals).to.have.length(1);
      const sum = '27000000000001000';
      expect(totals[0]).to.include({ debitMinor: null, debitMinorText: sum, creditMinor: null, creditMinorText: sum });
      expect(totals[0]).to.include({ isBalanced: true });
    }
  });

  it('starts from the snapshot, and takes no new snapshot without transfers', async () => {
    await buy(alice, 100);
    const before = await readAccounts(database.db);
    expect(await takeSnapshot(database.db)).to.equal(0);
    const after = await readAccounts(database.db);
    expect(after.accounts).to.deep.equal(before.accounts);
    expect(after.entriesSinceSnapshot).to.equal(0);
    expect(after.snapshot).to.include({ period: 0 });

    expect(await takeSnapshot(database.db)).to.equal(undefined);
    await buy(alice, 50);
    expect(await readAccounts(database.db)).to.deep.include({ entriesSinceSnapshot: 2, snapshot: after.snapshot });
    expect(await takeSnapshot(database.db)).to.equal(1);
    expect(balances(await readAccounts(database.db))).to.deep.equal({
      'opening-credit EUR': -1000,
      'sales EUR': 150,
      'wallet EUR': 850,
    });
  });

  it('waits for open transactions, even if later transfers are committed first', async () => {
    const early = await database.db.transaction();
    await payPurchases(early, [requested({ userId: alice, totalMinor: 100 })]);
    const bob = newId();
    await database.db.transaction((trx) => openWallets(trx, [registered(bob)], terms));

    let isTaken = false;
    const taking = takeSnapshot(database.db).then((period) => {
      isTaken = true;
      return period;
    });
    await eventually(async () => expect(await periods()).to.have.length(2));
    await buy(bob, 7);
    expect(isTaken, 'a snapshot was taken without what was under way').to.equal(false);
    await early.commit();
    expect(await taking).to.equal(0);
    expect(balances(await readAccounts(database.db))).to.deep.include({ 'sales EUR': 107 });
    expect(await soundSnapshots()).to.equal(1);
  });

  it('posts late transfers to the next period', async () => {
    const [bob, ending] = [newId(), await database.db.transaction()];
    await ending.raw('SELECT * FROM ledger_periods WHERE number = 0 FOR UPDATE');
    const late = database.db.transaction((trx) => openWallets(trx, [registered(bob)], terms));
    await untilWaiting(database.db, 1);
    await database.db('ledger_periods').insert({ number: 1 });
    await ending.raw('UPDATE ledger_periods SET closed_at = NOW(3) WHERE number = 0');
    await ending.commit();
    await late;
    expect(await database.db('transfers').pluck('period_number')).to.have.members([0, 1]);
    expect(await takeSnapshot(database.db)).to.equal(0);
    expect(await soundSnapshots()).to.equal(1);
  });

  it('leaves the period to the next run if a transaction takes too long', async () => {
    const slow = await database.db.transaction();
    await payPurchases(slow, [requested({ userId: alice, totalMinor: 100 })]);
    const outcome = await inAHurry((db) => takeSnapshot(db)).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(Error);
    await slow.commit();
    expect(await takeSnapshot(database.db)).to.equal(0);
    expect(await soundSnapshots()).to.equal(1);
  });

  it('is right at every moment, while many transactions post and several instances take snapshots', async () => {
    const buyers = Array.from({ length: 8 }, newId);
    await database.db.transaction((trx) => openWallets(trx, buyers.map(registered), terms));
    let isOver = false;
    const untilOver = async (work: () => Promise<unknown>): Promise<void> => {
      while (!isOver) await work();
    };
    const busy = [
      ...buyers.map((userId) => untilOver(() => buy(userId, 1))),
      untilOver(() => takeSnapshot(database.db)),
      untilOver(() => takeSnapshot(database.db)),
    ];
    for (let look = 0; look < 40; look++) {
      const { totals } = await readAccounts(database.db);
      expect(totals).to.have.length(1);
      expect(totals[0]).to.include({ isBalanced: true });
    }
    isOver = true;
    await Promise.all(busy);
    expect(await soundSnapshots()).to.be.greaterThan(3);
    const [[sum]] = (await database.db.raw("SELECT SUM(amount_minor) AS sold FROM ledger_entries WHERE account = 'sales'")) as [
      [{ sold: string }],
    ];
    expect(balances(await readAccounts(database.db))).to.include({ 'sales EUR': Number(sum.sold) });
  });

  /** Uses one connection with a lock wait of one second. */
  async function inAHurry<T>(work: (db: Knex) => Promise<T>): Promise<T> {
    const db = openDatabase({ url: database.url, poolMax: 1 });
    try {
      await db.raw('SET SESSION innodb_lock_wait_timeout = 1');
      return await work(db);
    } finally {
      await db.destroy();
    }
  }

  const periods = () => database.db('ledger_periods').select();

  /** Returns the number of snapshots; checks that each is the sum of the entries up to its period. */
  async function soundSnapshots(): Promise<number> {
    const [rows] = (await database.db.raw(
      `SELECT s.period_number, s.account, s.credit_minor - s.debit_minor AS kept, s.entries,
              (SELECT SUM(e.amount_minor) FROM ledger_entries e JOIN transfers t ON t.id = e.transfer_id
                WHERE t.period_number <= s.period_number AND e.account = s.account AND e.currency = s.currency) AS summed,
              (SELECT COUNT(*) FROM ledger_entries e JOIN transfers t ON t.id = e.transfer_id
                WHERE t.period_number <= s.period_number AND e.account = s.account AND e.currency = s.currency) AS counted
         FROM ledger_snapshots s`,
    )) as [{ period_number: number; account: string; kept: string; summed: string; entries: number; counted: number }[]];
    for (const { period_number, account, kept, summed, entries, counted } of rows) {
      expect([kept, entries], `${account} at the end of period ${period_number}`).to.deep.equal([summed, counted]);
    }
    return new Set(rows.map(({ period_number }) => period_number)).size;
  }
});
