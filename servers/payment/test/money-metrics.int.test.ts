import { newId, runTransaction } from '@florin/database';
import { createMetrics, type Metrics } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { createMoneyMoved, setMoneyMoved } from '../src/ledger/money-moved.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { createPaymentsDecided, setPaymentsDecided } from '../src/payments/payment-metrics.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';

describe('The metrics of money', () => {
  let database: TestDatabase;
  let metrics: Metrics;
  let alice: string;

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database?.drop());
  beforeEach(async () => {
    metrics = createMetrics('payment');
    const moved = createMoneyMoved('EUR');
    const decided = createPaymentsDecided();
    metrics.register(moved, decided);
    setMoneyMoved(database.db, moved);
    setPaymentsDecided(database.db, decided);
    alice = newId();
    await open('EUR');
  });

  const open = (currency: string) =>
    runTransaction(database.db, (trx) =>
      openWallets(trx, [registered(alice)], { currency, openingCreditMinor: 1000, spendLimitMinor: 800 }),
    );
  const pay = (...events: ReturnType<typeof requested>[]) => runTransaction(database.db, (trx) => payPurchases(trx, events));
  const cancel = (...events: ReturnType<typeof cancelled>[]) =>
    runTransaction(database.db, (trx) => refundPurchases(trx, events, { currency: 'EUR' }));
  const value = async (series: string): Promise<number | undefined> => {
    const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(series));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const moved = (kind: string, currency = 'EUR') => value(`florin_money_moved_minor_total{kind="${kind}",currency="${currency}"`);
  const decided = (outcome: string, code = '') => value(`florin_payments_decided_total{outcome="${outcome}",code="${code}"`);

  it('count what transfers moved, and each decision once', async () => {
    const [first, second] = [requested({ userId: alice, totalMinor: 300 }), requested({ userId: alice, totalMinor: 200 })];
    await pay(first, second, requested({ userId: alice, totalMinor: 801 }));
    await pay(first);
    await cancel(cancelled(first.data), cancelled({ purchaseId: newId(), userId: alice }));
    await eventually(async () => expect(await decided('voided')).to.equal(1));
    expect([await moved('opening-credit'), await moved('purchase'), await moved('refund'), await moved('top-up')]).to.deep.equal([
      1000, 500, 300, 0,
    ]);
    expect([await decided('charged'), await decided('declined', 'SPEND_LIMIT_EXCEEDED')]).to.deep.equal([2, 1]);
  });

  it('count nothing that is rolled back', async () => {
    await failureOf(
      runTransaction(database.db, async (trx) => {
        await payPurchases(trx, [requested({ userId: alice, totalMinor: 300 })]);
        throw new Error('rolled back');
      }),
    );
    await pay(requested({ userId: alice, totalMinor: 100 }));
    await eventually(async () => expect(await moved('purchase')).to.equal(100));
    expect(await decided('charged')).to.equal(1);
  });

  it("count amounts of other currencies than the platform's together", async () => {
    for (const currency of ['USD', 'GBP']) await open(currency);
    await eventually(async () => expect(await moved('opening-credit', 'other')).to.equal(2000));
    expect(await moved('opening-credit')).to.equal(1000);
  });
});
