import { AssertionError } from 'node:assert';
import { idBytes, newId, runTransaction } from '@florin/database';
import { keyOf } from '@florin/events';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { setLimits } from '../src/wallets/set-limits.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { postAt } from './post-at.ts';
import { entriesOf, paymentFor, published, publishedData, transfersFor, walletOfUser } from './read-ledger.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };

describe('refundPurchases', () => {
  let database: TestDatabase;
  let alice: string;
  const pay = (...events: ReturnType<typeof requested>[]) => runTransaction(database.db, (trx) => payPurchases(trx, events));
  const refund = (...events: ReturnType<typeof cancelled>[]) =>
    runTransaction(database.db, (trx) => refundPurchases(trx, events, { currency: 'EUR' }));

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    alice = newId();
    await database.db.transaction((trx) => openWallets(trx, [registered(alice)], terms));
    await database.db('outbox').delete();
  });

  it('refunds a charge by a transfer that reverses it', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    const { purchaseId } = request.data;
    await pay(request);
    await refund(cancelled(request.data));
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 1000, version: 3, entrySequence: 3 });
    expect(await entriesOf(database.db, wallet.id)).to.deep.equal([
      [1, 1000, 1000],
      [2, -300, 700],
      [3, 300, 1000],
    ]);
    const [charge, back] = await transfersFor(database.db, purchaseId);
    expect(back).to.deep.include({ type: 'refund', amountMinor: 300, reverses: charge?.id });
    expect(await paymentFor(database.db, purchaseId)).to.include({ status: 'refunded', refundTransferId: back?.id, version: 2 });
    const [, , refunded, changed] = await published(database.db);
    expect(refunded).to.include({ type: 'purchase-refunded', sequence: '00000000000000000002' });
    expect(refunded?.data).to.deep.equal({ purchaseId, userId: alice, amountMinor: 300, transferId: back?.id });
    expect(changed?.data).to.include({ balanceMinor: 1000, version: 3, spentMinor: 0 });
  });

  it('refunds to a frozen wallet', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    await pay(request);
    await database.db('wallets').where('user_id', idBytes(alice)).update({ status: 'frozen' });
    await refund(cancelled(request.data));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, status: 'frozen' });
  });

  describe('to a wallet that has become full', () => {
    const of = (amountMinor: number) => ({
      ...{ userId: alice, currency: 'EUR', actorId: newId(), idempotencyKey: newId(), reason: 'a test' },
      amountMinor,
    });
    const adjust = (amountMinor: number) => runTransaction(database.db, (trx) => adjustWallet(trx, of(amountMinor)));
    const timesOf = async (type: string) =>
      (await published(database.db))
        .filter((event) => event.type === type && keyOf(event) === alice)
        .map(({ time }) => Date.parse(time));
    const audited = async () => {
      const { id } = await walletOfUser(database.db, alice);
      const rows: { action: string; state_after: string }[] = await database
        .db('audit_log')
        .where({ subject: id, actor_id: null })
        .orderBy('id');
      return rows.map(({ action, state_after }) => [action, JSON.parse(state_after) as object]);
    };

    it('refunds all, and moves the excess to the account adjustments', async () => {
      const requests = [requested({ userId: alice, totalMinor: 300 }), requested({ userId: alice, totalMinor: 50 })];
      await pay(...requests);
      await adjust(MAX - 650 - 20);
      await refund(...requests.map(({ data }) => cancelled(data)));
      const wallet = await walletOfUser(database.db, alice);
      expect(wallet).to.include({ balanceMinor: MAX });
      expect((await entriesOf(database.db, wallet.id)).slice(4)).to.deep.equal([
        [5, -280, MAX - 300],
        [6, 300, MAX],
        [7, -50, MAX - 50],
        [8, 50, MAX],
      ]);
      for (const { data } of requests)
        expect(await paymentFor(database.db, data.purchaseId)).to.include({ status: 'refunded', amountMinor: data.totalMinor });
      const moved = await database
        .db('adjustments')
        .where({ adjusted_by: Buffer.alloc(16) })
        .orderBy('id');
      expect(moved.map((row: { amount_minor: number }) => row.amount_minor)).to.deep.equal([-280, -50]);
      expect((await audited()).map(([action]) => action)).to.deep.equal(['wallet.adjust', 'wallet.adjust']);
      expect(await publishedData(database.db, 'purchase-refunded')).to.have.length(2);
      expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
    });

    it("uses the time of the database's clock", async () => {
      const request = requested({ userId: alice, totalMinor: 300 });
      const later = Date.now() + 2 * 86_400_000;
      await postAt(database.db, new Date(later), (trx) => payPurchases(trx, [request]));
      await adjust(MAX - 700);
      await postAt(database.db, new Date(later + 1_000), (trx) => refundPurchases(trx, [cancelled(request.data)], terms));
      const [removal] = await database.db('adjustments').where({ user_id: idBytes(alice), adjusted_by: Buffer.alloc(16) });
      expect(removal.created_at.getTime()).to.equal(later + 1_000);
      expect((await timesOf('purchase-paid')).concat(await timesOf('purchase-refunded'))).to.deep.equal([later, later + 1_000]);
    });

    it('lowers a credit limit that would make the sum unsafe', async () => {
      const request = requested({ userId: alice, totalMinor: 300 });
      await pay(request);
      const limits = { creditLimitMinor: MAX - 700 };
      const whose = { userId: alice, currency: 'EUR', actorId: newId(), limits };
      await runTransaction(database.db, (trx) => setLimits(trx, whose));
      await refund(cancelled(request.data));
      expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, creditLimitMinor: MAX - 1000 });
      expect(await audited()).to.deep.equal([['wallet.set-limits', { creditLimitMinor: MAX - 1000 }]]);
      expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
    });

    it('keeps its holds covered', async () => {
      const request = requested({ userId: alice, totalMinor: 800 });
      await pay(request);
      await adjust(MAX - 200);
      const hold = { ...of(MAX), ttlS: 600 };
      await runTransaction(database.db, (trx) => placeHold(trx, hold));
      await refund(cancelled(request.data));
      expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: MAX, heldMinor: MAX });
      expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
    });
  });

  it('refunds a free purchase with a transfer of 0', async () => {
    const request = requested({ userId: alice, totalMinor: 0 });
    await pay(request);
    await refund(cancelled(request.data));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 1, entrySequence: 1 });
    const payment = await paymentFor(database.db, request.data.purchaseId);
    expect(payment).to.include({ status: 'refunded' });
    const [answer] = await publishedData(database.db, 'purchase-refunded');
    expect(answer).to.include({ amountMinor: 0 });
    expect(answer?.transferId).to.be.a('string');
  });

  it('leaves a declined purchase declined, and refunds 0', async () => {
    const request = requested({ userId: alice, totalMinor: 801 });
    const { purchaseId } = request.data;
    await pay(request);
    await refund(cancelled(request.data));
    expect(await paymentFor(database.db, purchaseId)).to.include({ status: 'declined', version: 2 });
    expect(await publishedData(database.db, 'purchase-refunded')).to.deep.equal([{ purchaseId, userId: alice, amountMinor: 0 }]);
    expect(await transfersFor(database.db, purchaseId)).to.deep.equal([]);
  });

  it('voids a purchase before its request; the later request changes nothing and gets the refund event', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    const { purchaseId } = request.data;
    await refund(cancelled(request.data));
    expect(await paymentFor(database.db, purchaseId)).to.include({ status: 'voided', amountMinor: 0, currency: 'EUR' });
    await pay(request);
    expect(await paymentFor(database.db, purchaseId)).to.include({ status: 'voided', version: 2 });
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 1 });
    const events = await published(database.db);
    expect(events.map(({ type, sequence, data }) => [type, Number(sequence), data])).to.deep.equal([
      ['purchase-refunded', 1, { purchaseId, userId: alice, amountMinor: 0 }],
      ['purchase-refunded', 2, { purchaseId, userId: alice, amountMinor: 0 }],
    ]);
  });

  it('voids a purchase of a user without a wallet', async () => {
    const cancel = cancelled({ purchaseId: newId(), userId: newId() });
    await refund(cancel);
    expect(await paymentFor(database.db, cancel.data.purchaseId)).to.include({ status: 'voided' });
  });

  it('refunds once, and repeats the outcome event on a repeated cancel', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    await pay(request);
    await refund(cancelled(request.data), cancelled(request.data));
    await refund(cancelled(request.data));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 3 });
    expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status: 'refunded', version: 4 });
    const answers = await publishedData(database.db, 'purchase-refunded');
    expect(answers).to.have.length(3);
    expect(answers[2]).to.deep.equal(answers[0]);
  });

  it('repeats the refund event on a request for a refunded purchase', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    await pay(request);
    await refund(cancelled(request.data));
    await pay(requested({ ...request.data }));
    const answers = await publishedData(database.db, 'purchase-refunded');
    expect(answers).to.have.length(2);
    expect(answers[1]).to.deep.equal(answers[0]);
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000 });
  });

  it('refunds many purchases in one list', async () => {
    const requests = Array.from({ length: 10 }, () => requested({ userId: alice, totalMinor: 100 }));
    await pay(...requests);
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 0 });
    await refund(...requests.map(({ data }) => cancelled(data)));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 3, entrySequence: 21 });
  });

  for (const [status, totalMinor] of [
    ['charged', 300],
    ['declined', 801],
  ] as const) {
    it(`fails an assertion on another user's cancel of a ${status} purchase`, async () => {
      const request = requested({ userId: alice, totalMinor });
      await pay(request);
      const failure = await refund(cancelled({ ...request.data, userId: newId() })).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(AssertionError);
      expect(await paymentFor(database.db, request.data.purchaseId)).to.include({ status, version: 1 });
    });
  }

  it('refunds once when cancels come at the same time', async () => {
    const request = requested({ userId: alice, totalMinor: 300 });
    await pay(request);
    await Promise.all(Array.from({ length: 8 }, () => refund(cancelled(request.data))));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, version: 3, entrySequence: 3 });
    expect(await publishedData(database.db, 'purchase-refunded')).to.have.length(8);
  });

  it('ends with nothing charged when the cancel races the request', async () => {
    const requests = Array.from({ length: 10 }, () => requested({ userId: alice, totalMinor: 100 }));
    await Promise.all(requests.flatMap((request) => [pay(request), refund(cancelled(request.data))]));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000 });
    for (const { data } of requests) {
      expect((await paymentFor(database.db, data.purchaseId))?.status).to.be.oneOf(['refunded', 'voided']);
    }
  });
});
