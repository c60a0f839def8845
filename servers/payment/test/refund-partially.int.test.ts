import { AssertionError } from 'node:assert';
import { idBytes, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases, refundPartially, refundPurchases } from '../src/payments/index.ts';
import { freezeWallets } from '../src/wallets/freeze-wallets.ts';
import { listWalletEntries } from '../src/wallets/list-wallet-entries.ts';
import { cancelled, erased, refundRequested, requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { entriesOf, paymentFor, published, publishedData, walletOfUser } from './read-ledger.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('refundPartially', () => {
  let database: TestDatabase;
  let alice: string;
  const pay = (...events: ReturnType<typeof requested>[]) => runTransaction(database.db, (trx) => payPurchases(trx, events));
  const cancel = (...events: ReturnType<typeof cancelled>[]) =>
    runTransaction(database.db, (trx) => refundPurchases(trx, events, { currency: 'EUR' }));
  const refund = (...events: ReturnType<typeof refundRequested>[]) =>
    runTransaction(database.db, (trx) => refundPartially(trx, events));
  const charged = async (totalMinor = 300) => {
    const request = requested({ userId: alice, totalMinor });
    await pay(request);
    return request.data;
  };
  const balance = async () => (await walletOfUser(database.db, alice)).balanceMinor;
  const audit = async () => expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    ({ id: alice } = await openWalletOf(database.db));
    await database.db('outbox').delete();
  });

  it('posts a part of the charge to the wallet, and leaves the count of the day alone', async () => {
    const purchase = await charged();
    const request = refundRequested({ ...purchase, amountMinor: 120 });
    const { refundId, purchaseId } = request.data;
    await refund(request);
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 820, spentMinor: 300, version: 3, entrySequence: 3 });
    expect((await entriesOf(database.db, wallet.id)).at(-1)).to.deep.equal([3, 120, 820]);
    expect(await paymentFor(database.db, purchaseId)).to.include({ status: 'charged', partlyRefundedMinor: 120, version: 2 });
    const { rows } = await listWalletEntries(database.db, wallet, { limit: 1 });
    expect(rows[0]).to.deep.include({ type: 'partial-refund', purchaseId, source: { type: 'refund', id: refundId } });
    const [, , posted, changed] = await published(database.db);
    expect(posted).to.include({ type: 'refund-posted', sequence: '00000000000000000002', subject: purchaseId });
    const transferId = rows[0]?.transferId;
    expect(posted?.data).to.deep.equal({
      ...{ refundId, purchaseId, userId: alice, transferId },
      ...{ amountMinor: 120, refundedTotalMinor: 120 },
    });
    expect(changed?.data).to.include({ balanceMinor: 820, version: 3 });
    await audit();
  });

  it('answers again when it is asked again, and moves the money once', async () => {
    const request = refundRequested({ ...(await charged()), amountMinor: 120 });
    await refund(request, request);
    await refund(refundRequested({ ...request.data }));
    expect(await balance()).to.equal(820);
    const answers = await publishedData(database.db, 'refund-posted');
    expect(answers).to.have.length(3);
    expect(answers[2]).to.deep.equal(answers[0]);
    const sequences = (await published(database.db))
      .filter(({ type }) => type === 'refund-posted')
      .map(({ sequence }) => sequence);
    expect(new Set(sequences)).to.have.length(3);
    await audit();
  });

  it('refunds up to the charge, and rejects what exceeds it', async () => {
    const purchase = await charged();
    const over = refundRequested({ ...purchase, amountMinor: 101 });
    await refund(refundRequested({ ...purchase, amountMinor: 200 }), over, refundRequested({ ...purchase, amountMinor: 100 }));
    await refund(over);
    expect(await balance()).to.equal(1000);
    const rejected = await publishedData(database.db, 'refund-rejected');
    expect(rejected.map(({ reason, refundedTotalMinor }) => [reason, refundedTotalMinor])).to.deep.equal([
      ['REFUND_EXCEEDS_CHARGE', 200],
      ['REFUND_EXCEEDS_CHARGE', 300],
    ]);
    expect(await publishedData(database.db, 'refund-posted')).to.have.length(2);
    await audit();
  });

  it('never refunds more than the charge when requests come at the same time', async () => {
    const purchase = await charged();
    await Promise.all(Array.from({ length: 8 }, () => refund(refundRequested({ ...purchase, amountMinor: 90 }))));
    expect(await balance()).to.equal(970);
    expect(await publishedData(database.db, 'refund-rejected')).to.have.length(5);
    await audit();
  });

  it('refunds the rest on a later cancel, and takes the whole purchase out of the count of the day', async () => {
    const purchase = await charged();
    await refund(refundRequested({ ...purchase, amountMinor: 120 }));
    await cancel(cancelled(purchase));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 1000, spentMinor: 0 });
    expect((await publishedData(database.db, 'purchase-refunded'))[0]).to.include({ amountMinor: 180 });
    await refund(refundRequested({ ...purchase, amountMinor: 1 }));
    const [late] = await publishedData(database.db, 'refund-rejected');
    expect(late).to.include({ reason: 'REFUND_EXCEEDS_CHARGE', refundedTotalMinor: 300 });
    await pay(requested({ ...purchase }));
    expect((await publishedData(database.db, 'purchase-refunded'))[1]).to.include({ amountMinor: 180 });
    await audit();
  });

  it('refunds 0 on a cancel after everything was refunded in parts', async () => {
    const purchase = await charged();
    await refund(refundRequested({ ...purchase, amountMinor: 300 }));
    await cancel(cancelled(purchase));
    expect(await balance()).to.equal(1000);
    expect((await publishedData(database.db, 'purchase-refunded'))[0]).to.include({ amountMinor: 0 });
    await audit();
  });

  it('ends with the charge refunded once when cancels race refunds', async () => {
    const purchases = [await charged(100), await charged(100), await charged(100), await charged(100)];
    const all = purchases.flatMap((purchase) => [
      refund(refundRequested({ ...purchase, amountMinor: 60 })),
      cancel(cancelled(purchase)),
    ]);
    await Promise.all(all);
    expect(await balance()).to.equal(1000);
    await audit();
  });

  it('rejects a refund of a declined, a voided and an unknown purchase', async () => {
    const declined = requested({ userId: alice, totalMinor: 801 }).data;
    const voided = requested({ userId: alice, totalMinor: 10 }).data;
    const unknown = requested({ userId: alice, totalMinor: 10 }).data;
    await pay(requested(declined));
    await cancel(cancelled(voided));
    await refund(...[declined, voided, unknown].map((purchase) => refundRequested({ ...purchase, amountMinor: 5 })));
    const rejected = await publishedData(database.db, 'refund-rejected');
    expect(rejected.map(({ purchaseId, reason }) => [purchaseId, reason])).to.deep.equal(
      [declined, voided, unknown].map(({ purchaseId }) => [purchaseId, 'NOT_CHARGED']),
    );
    await pay(requested(unknown));
    expect(await paymentFor(database.db, unknown.purchaseId)).to.include({ status: 'charged' });
    await audit();
  });

  it("posts to an erased buyer's frozen wallet", async () => {
    const purchase = await charged();
    await runTransaction(database.db, (trx) => freezeWallets(trx, [erased(alice)]));
    await refund(refundRequested({ ...purchase, amountMinor: 120 }));
    expect(await walletOfUser(database.db, alice)).to.include({ balanceMinor: 820, status: 'frozen' });
  });

  it('makes room in a full wallet', async () => {
    const purchase = await charged();
    const facts = { currency: 'EUR', actorId: newId(), idempotencyKey: newId(), reason: 'a test' };
    await runTransaction(database.db, (trx) => adjustWallet(trx, { ...facts, userId: alice, amountMinor: MAX - 700 - 20 }));
    await refund(refundRequested({ ...purchase, amountMinor: 120 }));
    expect(await balance()).to.equal(MAX);
    expect(await database.db('adjustments').where({ user_id: idBytes(alice), amount_minor: -100 })).to.have.length(1);
    await audit();
  });

  it('fails an assertion on what cannot belong together', async () => {
    const purchase = await charged();
    const request = refundRequested({ ...purchase, amountMinor: 120 });
    await refund(request);
    const { refundId } = request.data;
    const poison = [
      refundRequested({ ...purchase, userId: newId(), amountMinor: 5 }),
      refundRequested({ ...purchase, currency: 'SEK', amountMinor: 5 }),
      refundRequested({ ...purchase, refundId, amountMinor: 121 }),
      refundRequested({ ...(await charged(10)), refundId, amountMinor: 120 }),
    ];
    for (const event of poison) expect(await refund(event).catch((error: unknown) => error)).to.be.instanceOf(AssertionError);
    expect(await balance()).to.equal(810);
  });

  const refused: [string, string, RegExp][] = [
    ['a refund to be changed', 'UPDATE refunds SET amount_minor = 1', /append-only/],
    ['a refund to be deleted', 'DELETE FROM refunds', /append-only/],
    ['more refunded than charged', 'UPDATE payments SET partly_refunded_minor = amount_minor + 1', /payments_partly_refunded/],
    [
      'a second transfer of a refund',
      "INSERT INTO transfers (id, type, amount_minor, currency, source_id) SELECT REVERSE(id), type, 1, currency, source_id FROM transfers WHERE type = 'partial-refund' LIMIT 1",
      /transfers_once_per_source/,
    ],
    [
      'a partial refund without its source',
      "INSERT INTO transfers (id, type, amount_minor, currency) SELECT REVERSE(id), type, 1, currency FROM transfers WHERE type = 'partial-refund' LIMIT 1",
      /transfers_of_a_source/,
    ],
  ];
  for (const [what, statement, reason] of refused) {
    it(`has a schema that refuses ${what}`, async () => {
      await refund(refundRequested({ ...(await charged()), amountMinor: 7 }));
      const error = await database.db.raw(statement).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      expect(String(error)).to.match(reason);
    });
  }

  it('has an audit that finds other sums than were posted, and a refund that nobody posted', async () => {
    const damaged = await createTestDatabase(migrations);
    try {
      const { id } = await openWalletOf(damaged.db);
      const request = requested({ userId: id, totalMinor: 300 });
      await runTransaction(damaged.db, (trx) => payPurchases(trx, [request]));
      await runTransaction(damaged.db, (trx) => refundPartially(trx, [refundRequested({ ...request.data, amountMinor: 7 })]));
      const broken = async () =>
        (await auditLedger(damaged.db, { invariants, userId: id })).mismatches.map(({ rule }) => rule).join();
      expect(await broken()).to.equal('');
      await damaged.db('payments').update({ partly_refunded_minor: 8 });
      expect(await broken()).to.match(/^a payment's partial refunds are those that were posted/);
      await damaged.db('payments').update({ partly_refunded_minor: 0 });
      await damaged.db.raw('DROP TRIGGER refunds_no_delete');
      await damaged.db('refunds').delete();
      expect(await broken()).to.match(/^the transfer of a hold, top-up, adjustment or partial refund/);
    } finally {
      await damaged.drop();
    }
  });
});
