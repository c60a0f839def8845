import { AssertionError } from 'node:assert';
import { idBytes, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { registered, requested } from './make-events.ts';
import { entriesOf, paymentFor, published, publishedData, transfersFor, walletOfUser } from './read-ledger.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };

describe('payPurchases', () => {
  let database: TestDatabase;
  let alice: string;
  let bob: string;
  const pay = (...events: ReturnType<typeof requested>[]) => database.db.transaction((trx) => payPurchases(trx, events));
  const open = (userIds: string[], options = terms) =>
    database.db.transaction((trx) => openWallets(trx, userIds.map(registered), options));

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    [alice, bob] = [newId(), newId()];
    await open([alice, bob]);
    await database.db('outbox').delete();
  });

  it('charges the wallet, posts the entries, records the payment and publishes the outcome', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    const { purchaseId } = request.data;
    await pay(request);
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 700, version: 2, entrySequence: 2 });
    expect(await entriesOf(database.db, wallet.id)).to.deep.equal([
      [1, 1000, 1000],
      [2, -300, 700],
    ]);
    const [charge, ...more] = await transfersFor(database.db, purchaseId);
    expect(more).to.have.length(0);
    expect(charge).to.include({ type: 'purchase', amountMinor: 300 });
    const payment = await paymentFor(database.db, purchaseId);
    expect(payment).to.include({ status: 'charged', userId: alice, amountMinor: 300, walletId: wallet.id, version: 1 });
    expect(payment).to.include({ chargeTransferId: charge?.id });
    const [paid, changed, ...others] = await published(database.db);
    expect(others).to.have.length(0);
    expect(paid?.data).to.deep.equal({ purchaseId, userId: alice, amountMinor: 300, transferId: charge?.id });
    expect(paid).to.include({ type: 'purchase-paid', subject: purchaseId, sequence: '00000000000000000001' });
    expect(changed).to.include({ type: 'wallet-changed', subject: wallet.id, sequence: '00000000000000000002' });
    expect(changed?.data).to.include({ balanceMinor: 700, availableMinor: 700, version: 2 });
  });

  it("publishes the day's spending, and the daily limit if there is one", async () => {
    await pay(requested({ userId: alice, totalMinor: 300 }));
    const [, unlimited] = await published(database.db);
    const { spentOn } = await walletOfUser(database.db, alice);
    expect(unlimited?.data).to.include({ spentMinor: 300, spentOn }).and.not.have.property('dailyLimitMinor');
    await database.db('wallets').where('user_id', idBytes(alice)).update({ daily_limit_minor: 900 });
    await pay(requested({ userId: alice, totalMinor: 200 }));
    const [, , , limited] = await published(database.db);
    expect(limited?.data).to.include({ spentMinor: 500, spentOn, dailyLimitMinor: 900 });
  });

  it('decides in the order of the list: 20 purchases of 100 over 700 are 7 charged', async () => {
    await pay(requested({ userId: alice, totalMinor: 300 }));
    await pay(...Array.from({ length: 20 }, () => requested({ userId: alice, totalMinor: 100 })));
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 0, version: 3, entrySequence: 9 });
    const declined = await publishedData(database.db, 'purchase-declined');
    expect(declined).to.have.length(13);
    expect(new Set(declined.map(({ reason }) => reason))).to.deep.equal(new Set(['INSUFFICIENT_FUNDS']));
    expect(await publishedData(database.db, 'purchase-paid')).to.have.length(8);
    expect(await publishedData(database.db, 'wallet-changed')).to.have.length(2);
  });

  it('charges a small purchase after a large one was declined', async () => {
    const [first, large, small] = [700, 500, 300].map((totalMinor) => requested({ userId: alice, totalMinor }));
    if (!first || !large || !small) throw new Error('three requests');
    await pay(first, large, small);
    expect(await paymentFor(database.db, large.data.purchaseId)).to.include({ declineReason: 'INSUFFICIENT_FUNDS' });
    expect(await paymentFor(database.db, small.data.purchaseId)).to.include({ status: 'charged' });
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 0 });
  });

  it('charges many buyers in one list, each from their own wallet', async () => {
    const users = Array.from({ length: 200 }, newId);
    await open(users);
    const rounds = [...users, ...users].map((userId, index) => requested({ userId, totalMinor: index + 1 }));
    await pay(...rounds);
    for (const index of [0, 99, 199]) {
      const userId = users[index] ?? '';
      expect(await walletOfUser(database.db, userId)).to.include({
        balanceMinor: 1000 - (index + 1) - (index + 201),
        version: 2,
      });
    }
  });

  describe('declines', () => {
    it('without a wallet', async () => {
      const request = requested({ userId: newId(), totalMinor: 1 });
      await pay(request);
      const payment = await paymentFor(database.db, request.data.purchaseId);
      expect(payment).to.include({ status: 'declined', declineReason: 'WALLET_NOT_FOUND', version: 1 });
      expect(payment).not.to.have.any.keys('walletId', 'chargeTransferId');
    });

    it('without a wallet in the currency', async () => {
      const request = requested({ userId: alice, totalMinor: 1, currency: 'USD' });
      await pay(request);
      const payment = await paymentFor(database.db, request.data.purchaseId);
      expect(payment).to.include({ declineReason: 'CURRENCY_MISMATCH', currency: 'USD' });
    });

    it('with a frozen wallet', async () => {
      await database.db('wallets').where('user_id', idBytes(alice)).update({ status: 'frozen' });
      const request = requested({ userId: alice, totalMinor: 1 });
      await pay(request);
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ declineReason: 'WALLET_FROZEN' });
    });

    it('above the spend limit', async () => {
      const request = requested({ userId: alice, totalMinor: 801 });
      await pay(request);
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ declineReason: 'SPEND_LIMIT_EXCEEDED' });
    });

    it('without moving money, once per purchase', async () => {
      const request = requested({ userId: alice, totalMinor: 801 });
      await pay(request);
      const { purchaseId } = request.data;
      expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 1, entrySequence: 1 });
      expect(await transfersFor(database.db, purchaseId)).to.deep.equal([]);
      const events = await published(database.db);
      expect(events.map(({ data }) => data)).to.deep.equal([
        { purchaseId, userId: alice, amountMinor: 801, reason: 'SPEND_LIMIT_EXCEEDED' },
      ]);
    });
  });

  it('charges the wallet of the currency if a buyer has several', async () => {
    await open([alice], { ...terms, currency: 'USD', openingCreditMinor: 50 });
    await pay(requested({ userId: alice, totalMinor: 60 }), requested({ userId: alice, totalMinor: 50, currency: 'USD' }));
    const paid = await publishedData(database.db, 'purchase-paid');
    expect(paid.map(({ amountMinor }) => amountMinor)).to.deep.equal([60, 50]);
    const changes = await publishedData(database.db, 'wallet-changed');
    expect(changes.map(({ currency, balanceMinor }) => [currency, balanceMinor])).to.have.deep.members([
      ['EUR', 940],
      ['USD', 0],
    ]);
  });

  it('charges a free purchase without entries', async () => {
    const request = requested({ userId: alice, totalMinor: 0 });
    await pay(request);
    const [charge] = await transfersFor(database.db, request.data.purchaseId);
    expect(charge).to.include({ type: 'purchase', amountMinor: 0 });
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 1000, version: 1, entrySequence: 1 });
    const events = await published(database.db);
    expect(events.map(({ type }) => type)).to.deep.equal(['purchase-paid']);
  });

  it('declines the largest possible amount', async () => {
    const request = requested({ userId: alice, totalMinor: Number.MAX_SAFE_INTEGER });
    await pay(request);
    expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ amountMinor: Number.MAX_SAFE_INTEGER });
  });

  describe('on a repeated request', () => {
    for (const [outcome, totalMinor, type] of [
      ['charged', 300, 'purchase-paid'],
      ['declined', 900, 'purchase-declined'],
    ] as const) {
      it(`repeats the outcome of a ${outcome} purchase and moves no money`, async () => {
        const request = requested({ userId: alice, totalMinor });
        const again = requested({ ...request.data });
        await pay(request);
        const before = await walletOfUser(database.db, alice);
        await pay(again);
        expect(await walletOfUser(database.db, alice)).to.deep.equal(before);
        expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: outcome, version: 2 });
        const answers = (await published(database.db)).filter((event) => event.type === type);
        expect(answers).to.have.length(2);
        expect(answers[1]?.data).to.deep.equal(answers[0]?.data);
        expect(answers.map(({ sequence }) => Number(sequence))).to.deep.equal([1, 2]);
        expect(answers[1]?.id).not.to.equal(answers[0]?.id);
      });
    }

    it('behaves the same within one list', async () => {
      const request = requested({ userId: alice, totalMinor: 300 });
      await pay(request, requested({ ...request.data }), requested({ ...request.data }));
      expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 700, version: 2 });
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: 'charged', version: 3 });
      expect(await transfersFor(database.db, request.data.purchaseId)).to.have.length(1);
    });

    it('still declines after the wallet was topped up', async () => {
      await pay(requested({ userId: alice, totalMinor: 600 }));
      const request = requested({ userId: alice, totalMinor: 500 });
      await pay(request);
      await database.db('wallets').where('user_id', idBytes(alice)).update({ credit_limit_minor: 5000 });
      await pay(requested({ ...request.data }));
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: 'declined', version: 2 });
    });

    it('of another buyer fails an assertion', async () => {
      const request = requested({ userId: alice, totalMinor: 1 });
      await pay(request);
      const stolen = requested({ ...request.data, userId: bob });
      const failure = await pay(stolen).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(AssertionError);
      expect(await walletOfUser(database.db, bob)).to.include({ balanceMinor: 1000 });
    });
  });

  describe('under concurrency', () => {
    it('spends a wallet exactly once: of 20 purchases 7 can be paid', async () => {
      await pay(requested({ userId: alice, totalMinor: 300 }));
      await Promise.all(Array.from({ length: 20 }, () => pay(requested({ userId: alice, totalMinor: 100 }))));
      const wallet = await walletOfUser(database.db, alice);
      expect(wallet).to.include({ balanceMinor: 0, entrySequence: 9, version: 9 });
      expect(await publishedData(database.db, 'purchase-declined')).to.have.length(13);
    });

    it('locks the wallets of two lists in one order: no deadlock, exact balances', async () => {
      const users = Array.from({ length: 40 }, newId);
      await open(users);
      const lists = Array.from({ length: 12 }, (_, index) => (index % 2 ? users : users.toReversed()));
      await Promise.all(lists.map((list) => pay(...list.map((userId) => requested({ userId, totalMinor: 10 })))));
      for (const userId of users) {
        expect(await walletOfUser(database.db, userId)).to.include({ balanceMinor: 1000 - 120, version: 13, entrySequence: 13 });
      }
    });

    it('decides a purchase once under concurrent requests', async () => {
      const request = requested({ userId: alice, totalMinor: 300 });
      await Promise.all(Array.from({ length: 8 }, () => pay(requested({ ...request.data }))));
      expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 700, version: 2 });
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: 'charged', version: 8 });
    });

    it('decides a purchase without a wallet once: the unique key refuses the second, which is then replayed', async () => {
      const request = requested({ userId: newId(), totalMinor: 300 });
      const asks = Array.from({ length: 4 }, () =>
        runTransaction(
          database.db,
          (trx) => payPurchases(trx, [requested({ ...request.data })]),
          () => true,
        ),
      );
      await Promise.all(asks);
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: 'declined', version: 4 });
    });

    it('gives each outcome event its own sequence, also without a wallet to lock', async () => {
      const request = requested({ userId: newId(), totalMinor: 300 });
      await pay(request);
      await Promise.all(Array.from({ length: 8 }, () => pay(requested({ ...request.data }))));
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ version: 9 });
      const sequences = (await published(database.db)).map(({ sequence }) => Number(sequence));
      expect(sequences.toSorted((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
  });
});
