import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { migrations } from '../migrations/index.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { createPaymentModel, type PaymentModel, type Purchase } from './payment-model.ts';
import { paymentFor, published, walletsOf } from './read-ledger.ts';

const terms = { currency: 'EUR', openingCreditMinor: 100, spendLimitMinor: 60 };
const USERS = 3;
const PURCHASES = 8;

/** One list of one type, as the consumer hands it over. Users and purchases are named by index, so that runs shrink well. */
type List = { type: 'register' | 'request' | 'cancel'; places: number[] };

const lists = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('register' as const), places: fc.array(fc.nat(USERS - 1), { minLength: 1, maxLength: 4 }) }),
    fc.record({
      type: fc.constantFrom('request' as const, 'request' as const, 'cancel' as const),
      places: fc.array(fc.nat(PURCHASES - 1), { minLength: 1, maxLength: 8 }),
    }),
  ),
  { minLength: 1, maxLength: 12 },
);
const shapes = fc.array(
  fc.record({
    user: fc.nat(USERS - 1),
    totalMinor: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(61)),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'USD'),
  }),
  { minLength: PURCHASES, maxLength: PURCHASES },
);

describe('payment, against a model', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('decides, posts and publishes as the model does, for any events in any lists', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, lists, async (shaped, batches) => {
        const users = Array.from({ length: USERS }, newId);
        const purchases = shaped.map(({ user, ...rest }) => ({ ...rest, purchaseId: newId(), userId: users[user] as string }));
        const model = createPaymentModel(terms);
        await database.db('outbox').delete();
        for (const batch of batches) {
          imagine(model, batch, { users, purchases });
          await apply(batch, { users, purchases });
        }
        await compare(model, { users, purchases });
      }),
      { numRuns: 60 },
    );
    expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  }).timeout(60_000);

  type World = { users: string[]; purchases: Purchase[] };

  function imagine(model: PaymentModel, { type, places }: List, { users, purchases }: World): void {
    for (const place of places) {
      if (type === 'register') model.register(users[place] as string);
      else model[type](purchases[place] as Purchase);
    }
  }

  async function apply({ type, places }: List, { users, purchases }: World): Promise<void> {
    const chosen = places.map((place) => purchases[place] as Purchase);
    await database.db.transaction((trx) => {
      if (type === 'register')
        return openWallets(
          trx,
          places.map((place) => registered(users[place] as string)),
          terms,
        );
      if (type === 'request') return payPurchases(trx, chosen.map(requested));
      return refundPurchases(trx, chosen.map(cancelled), terms);
    });
  }

  async function compare(model: PaymentModel, { users, purchases }: World): Promise<void> {
    for (const userId of users) {
      const wallets = await walletsOf(database.db, userId);
      expect(wallets.map(({ balanceMinor }) => balanceMinor)).to.deep.equal(
        model.balances.has(userId) ? [model.balances.get(userId)] : [],
      );
    }
    for (const { purchaseId } of purchases) {
      const payment = await paymentFor(database.db, purchaseId);
      const decision = payment && { status: payment.status, amountMinor: payment.amountMinor, version: payment.version };
      expect(decision).to.deep.equal(model.decisions.get(purchaseId));
    }
    const events = await published(database.db);
    const answers = events.filter(({ type }) => type.startsWith('purchase-'));
    expect(
      answers.map(({ type, data, sequence }) => {
        const { purchaseId, amountMinor } = data as { purchaseId: string; amountMinor: number };
        return { type, purchaseId, amountMinor, sequence: Number(sequence) };
      }),
    ).to.deep.equal(model.answers);
  }
});
