import { createTransact, newId, runTransaction } from '@florin/database';
import { type Event, type EventType, makeEvent } from '@florin/events';
import { createMetrics, type Metrics } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { projectLimits } from '../src/buyer-limits/project-limits.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import { createPurchaseAcceptor, type PurchaseAcceptor } from '../src/purchases/accept-purchases.ts';
import { cancelPurchases } from '../src/purchases/cancel-purchases.ts';
import { createPurchaseMetrics, setPurchaseMetrics } from '../src/purchases/purchase-metrics.ts';
import type { PaymentOutcome } from '../src/purchases/purchase-transitions.ts';
import { recordOutcomes } from '../src/purchases/record-outcomes.ts';

describe('The metrics of purchases', () => {
  const alice = newId();
  let database: TestDatabase;
  let productId: string;
  let metrics: Metrics;
  let accept: PurchaseAcceptor['accept'];

  before(async () => {
    database = await createTestDatabase(migrations);
    const { db } = database;
    const wallet = { walletId: newId(), userId: alice, currency: 'EUR', spendLimitMinor: 100_000, availableMinor: 100_000 };
    const opened = makeEvent('wallet-opened', {
      sequence: 1,
      data: { ...wallet, balanceMinor: 100_000, status: 'active', version: 1 },
    });
    await runTransaction(db, (trx) => projectLimits(trx, [opened.event as Event<'wallet-opened'>]));
    const { id: categoryId } = await runTransaction(db, (trx) => createCategory(trx, { name: 'Books' }));
    const book = { name: 'Book', priceMinor: 100, stock: 100, categoryId };
    [productId = ''] = await runTransaction(db, (trx) => createProducts(trx, [book], { currency: 'EUR' }));
  });
  after(() => database?.drop());
  beforeEach(() => {
    metrics = createMetrics('product');
    const counted = createPurchaseMetrics();
    metrics.register(...counted.metrics);
    setPurchaseMetrics(database.db, counted);
    const { observeBatch } = metrics;
    const { countRequested } = counted;
    ({ accept } = createPurchaseAcceptor({
      transact: createTransact(database.db),
      metrics: { observeBatch, countRequested },
      ...{ batchSize: 256, maxWaiting: 1_000 },
    }));
  });

  const request = (idempotencyKey = newId()) => ({ userId: alice, idempotencyKey, items: [{ productId, quantity: 1 }] });
  const buy = async (): Promise<string> => (await accept(request())).purchaseId;
  const outcome = (type: PaymentOutcome['type'] & EventType, purchaseId: string, more: object): PaymentOutcome =>
    makeEvent(type, { sequence: 1, data: { purchaseId, userId: alice, amountMinor: 100, ...more } as never })
      .event as PaymentOutcome;
  const record = (...events: PaymentOutcome[]) => runTransaction(database.db, (trx) => recordOutcomes(trx, events));
  const value = async (series: string): Promise<number | undefined> => {
    const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(series));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const decided = (how: string, code = '') => value(`florin_purchases_decided_total{outcome="${how}",code="${code}"`);

  it('count accepted purchases and batches, but no replay and no refusal', async () => {
    const key = newId();
    await Promise.all([accept(request(key)), accept(request()), accept(request())]);
    await accept(request(key));
    await failureOf(accept({ ...request(), items: [{ productId: newId(), quantity: 1 }] }));
    expect(await value('florin_purchases_requested_total')).to.equal(3);
    expect(await value('florin_batch_size_count{service="product",component="accept"')).to.equal(3);
    expect(await value('florin_batch_size_sum{service="product",component="accept"')).to.equal(5);
  });

  it('count each decision once, by outcome and code, with its time', async () => {
    const ids = [await buy(), await buy(), await buy(), await buy()] as const;
    const paid = outcome('purchase-paid', ids[0], { transferId: newId() });
    const declined = ids.slice(1, 3).map((id) => outcome('purchase-declined', id, { reason: 'INSUFFICIENT_FUNDS' }));
    await record(paid, ...declined);
    // Repeated, and after the decision.
    await record(paid);
    await runTransaction(database.db, (trx) => cancelPurchases(trx, [{ purchaseId: ids[0], by: 'buyer' }]));
    await runTransaction(database.db, (trx) => cancelPurchases(trx, [{ purchaseId: ids[3], by: 'timeout' }]));
    await eventually(async () => expect(await decided('cancelled')).to.equal(1));
    expect([await decided('paid'), await decided('declined', 'INSUFFICIENT_FUNDS')]).to.deep.equal([1, 2]);
    expect(await value('florin_purchase_decision_seconds_count')).to.equal(4);
    expect(await value('florin_purchase_decision_seconds_bucket{le="60"')).to.equal(4);
  });

  it('count nothing that is rolled back', async () => {
    const id = await buy();
    await failureOf(
      runTransaction(database.db, async (trx) => {
        await recordOutcomes(trx, [outcome('purchase-paid', id, { transferId: newId() })]);
        throw new Error('rolled back');
      }),
    );
    await record(outcome('purchase-paid', id, { transferId: newId() }));
    await eventually(async () => expect(await decided('paid')).to.equal(1));
    expect(await value('florin_purchase_decision_seconds_count')).to.equal(1);
  });

  it('have a bounded number of codes, whatever reasons events have', async () => {
    for (let n = 0; n < 30; n++) await record(outcome('purchase-declined', await buy(), { reason: `REASON_${n}` }));
    await eventually(async () => expect(await decided('declined', 'other')).to.be.above(0));
    const codes = (await metrics.registry.metrics()).match(/^florin_purchases_decided_total\{outcome="declined"/gm);
    expect(codes).to.have.length.at.most(21);
  });
});
