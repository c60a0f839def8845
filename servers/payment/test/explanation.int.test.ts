import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { rules } from '../src/payments/rules.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { postAt } from './post-at.ts';
import { paymentFor } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };

type Explained = {
  decision: string;
  decidedBy: string | null;
  facts: Record<string, unknown> | null;
  factsMissing?: string;
  rules: { rule: string; outcome: string; allowedMinor?: number }[];
};

describe('GET /v1/payments/:id/explanation', () => {
  let payment: RunningPayment;
  const alice = { id: newId() };
  const bob = { id: newId() };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  const kept = requested({ userId: alice.id, totalMinor: 300 });
  const undone = requested({ userId: alice.id, totalMinor: 200 });

  before(async () => {
    payment = await startPayment();
    await postAt(payment.db, '2026-03-04T05:06:07Z', async (trx) => {
      await openWallets(trx, [registered(alice.id), registered(bob.id)], terms);
      await payPurchases(trx, [kept, undone]);
      await refundPurchases(trx, [cancelled(undone.data)], terms);
    });
  });
  after(() => payment.stop());

  async function pathOf(purchaseId: string): Promise<string> {
    return `/v1/payments/${(await paymentFor(payment.db, purchaseId))?.id}/explanation`;
  }

  async function explain({ data }: { data: { purchaseId: string } }, bearer: { id: string } = staff): Promise<Explained> {
    const { status, body } = await payment.get(await pathOf(data.purchaseId), bearer);
    expect(status).to.equal(200);
    return body.data as Explained;
  }

  /** Changes a new buyer's wallet, decides a purchase and returns its explanation. */
  async function decided(change: Record<string, unknown>, { totalMinor = 100, currency = 'EUR' } = {}): Promise<Explained> {
    const userId = newId();
    const request = requested({ userId, totalMinor, currency });
    await payment.db.transaction(async (trx) => {
      await openWallets(trx, [registered(userId)], terms);
      await trx('wallets')
        .where('user_id', idBytes(userId))
        .update({ version: 2, ...change });
      await payPurchases(trx, [request]);
    });
    await payment.db('wallets').where('user_id', idBytes(userId)).update({ spend_limit_minor: 1, status: 'active' });
    return explain(request);
  }

  /** Returns the rules with an outcome, in their order. */
  const rulesThat = (outcome: string, explained: Explained) =>
    explained.rules.filter((rule) => rule.outcome === outcome).map(({ rule }) => rule);

  it('requires authentication', async () => {
    const { status, body } = await payment.get(await pathOf(kept.data.purchaseId));
    expect([status, body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
  });

  it('is for the owner and staff; to others it is 404', async () => {
    const path = await pathOf(kept.data.purchaseId);
    expect((await payment.get(path, alice)).status).to.equal(200);
    expect((await payment.get(path, staff)).status).to.equal(200);
    for (const [who, of] of [
      [bob, path],
      [alice, `/v1/payments/${newId()}/explanation`],
      [alice, '/v1/payments/none/explanation'],
    ] as const) {
      const { status, body } = await payment.get(of, who);
      expect([status, body.code]).to.deep.equal([404, 'NOT_FOUND']);
    }
    expect((await payment.get(`${path}?colour=red`, alice)).status).to.equal(422);
  });

  it('shows the wallet and the limits at the time of a charge', async () => {
    await payment.db('wallets').where('user_id', idBytes(alice.id)).update({ spend_limit_minor: 1 });
    const { body } = await payment.get(await pathOf(undone.data.purchaseId), alice);
    const explained = body.data as Explained;
    expect(explained).to.deep.include({
      purchaseId: undone.data.purchaseId,
      status: 'refunded',
      amountMinor: 200,
      decision: 'charged',
      decidedBy: null,
      facts: {
        sequence: 2,
        balanceMinor: 700,
        heldMinor: 0,
        availableMinor: 700,
        creditLimitMinor: 0,
        spendLimitMinor: 800,
        dailyLimitMinor: null,
        spentMinor: 300,
        on: '2026-03-04',
      },
    });
    expect(rulesThat('passed', explained)).to.deep.equal(rules.map(({ reason }) => reason));
    expect(explained.rules.filter(({ allowedMinor }) => allowedMinor !== undefined)).to.deep.include.members([
      { rule: 'SPEND_LIMIT_EXCEEDED', outcome: 'passed', allowedMinor: 800 },
      { rule: 'DAILY_LIMIT_EXCEEDED', outcome: 'passed', allowedMinor: Number.MAX_SAFE_INTEGER - 300 },
      { rule: 'INSUFFICIENT_FUNDS', outcome: 'passed', allowedMinor: 700 },
    ]);
  });

  it('names the rule that declined, and the other rules that failed', async () => {
    const frozen = await decided({ status: 'frozen' });
    expect(frozen.decidedBy).to.equal('WALLET_FROZEN');
    expect(rulesThat('failed', frozen)).to.deep.equal(['WALLET_FROZEN']);
    expect(rulesThat('not-tested', frozen)).to.deep.equal([]);

    const dear = await decided({}, { totalMinor: 5000 });
    expect(dear).to.include({ decision: 'declined', decidedBy: 'SPEND_LIMIT_EXCEEDED' });
    expect(rulesThat('failed', dear)).to.deep.equal(['SPEND_LIMIT_EXCEEDED', 'INSUFFICIENT_FUNDS']);

    const daily = await decided({ daily_limit_minor: 99 });
    expect(daily.decidedBy).to.equal('DAILY_LIMIT_EXCEEDED');
    expect(daily.rules).to.deep.include({ rule: 'DAILY_LIMIT_EXCEEDED', outcome: 'failed', allowedMinor: 99 });

    const held = await decided({ held_minor: 950 });
    expect(held.decidedBy).to.equal('INSUFFICIENT_FUNDS');
    expect(held.facts).to.include({ balanceMinor: 1000, heldMinor: 950, availableMinor: 50 });

    const foreign = await decided({}, { currency: 'USD', totalMinor: 5000 });
    expect(foreign.decidedBy).to.equal('CURRENCY_MISMATCH');
    expect(rulesThat('passed', foreign)).to.deep.equal(['WALLET_NOT_FOUND']);
    expect(rulesThat('not-tested', foreign)).to.deep.equal(rules.slice(2).map(({ reason }) => reason));
  });

  it('says why there are no facts', async () => {
    const stranger = requested({ userId: newId(), totalMinor: 1 });
    const early = requested({ userId: bob.id, totalMinor: 1 });
    await payment.db.transaction(async (trx) => {
      await refundPurchases(trx, [cancelled(early.data)], terms);
      await payPurchases(trx, [stranger]);
    });
    expect(await explain(stranger)).to.include({ decidedBy: 'WALLET_NOT_FOUND', facts: null, factsMissing: 'NO_WALLET' });
    expect(await explain(early)).to.include({ decision: 'voided', facts: null, factsMissing: 'CANCELLED_FIRST' });

    await payment.db('payments').where('purchase_id', idBytes(kept.data.purchaseId)).update({
      decided_sequence: null,
      decided_balance_minor: null,
      decided_held_minor: null,
      decided_credit_limit_minor: null,
      decided_spend_limit_minor: null,
      decided_spent_minor: null,
      decided_on: null,
    });
    expect(await explain(kept)).to.deep.include({ decision: 'charged', facts: null, factsMissing: 'NOT_KEPT_THEN', rules: [] });
  });
});
