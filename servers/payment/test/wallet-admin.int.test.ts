import { idText, newId } from '@florin/database';
import { expect } from 'chai';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { entriesOf, paymentFor, walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('adjustments, limits and freezing of wallets', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  const path = (action: string) => `/v1/wallets/${alice.id}/${action}`;
  const adjust = (body: unknown, key = newId()) => payment.send('POST', path('adjustments'), { bearer: admin, body, key });
  const limit = (body: unknown) => payment.send('PUT', path('limits'), { bearer: admin, body });
  const auditedOf = async (action: string) => {
    const { id } = await walletOfUser(payment.db, alice.id);
    const rows: { actor_id: Buffer; state_before: string; state_after: string }[] = await payment
      .db('audit_log')
      .where({ action, subject: id })
      .orderBy('id');
    return rows.map((row) => ({
      actorId: idText(row.actor_id),
      before: JSON.parse(row.state_before) as unknown,
      after: JSON.parse(row.state_after) as unknown,
    }));
  };
  const buy = async (totalMinor: number) => {
    const request = requested({ userId: alice.id, totalMinor });
    await payment.db.transaction((trx) => payPurchases(trx, [request]));
    const decided = await paymentFor(payment.db, request.data.purchaseId);
    return decided?.status === 'declined' ? decided.declineReason : decided?.status;
  };

  before(async () => {
    payment = await startPayment({ ADJUSTMENT_MAX_MINOR: String(MAX) });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  const actions = [
    ['POST', 'adjustments', { amountMinor: 1, reason: 'goodwill' }],
    ['PUT', 'limits', { spendLimitMinor: 1 }],
    ['POST', 'freeze', undefined],
    ['POST', 'unfreeze', undefined],
  ] as const;
  for (const [method, action, body] of actions) {
    it(`${action} requires authentication, and an admin`, async () => {
      expect((await payment.send(method, path(action), { body, key: 'k' })).status).to.equal(401);
      for (const bearer of [alice, staff])
        expect((await payment.send(method, path(action), { bearer, body, key: 'k' })).status).to.equal(403);
      expect(await walletOfUser(payment.db, alice.id)).to.include({ version: 1 });
    });

    it(`${action} is ${action === 'freeze' ? 'allowed' : 'refused'} for an admin's own wallet`, async () => {
      const bearer = { id: alice.id, roles: ['buyer', 'staff', 'admin'] };
      const { status, body: problem } = await payment.send(method, path(action), { bearer, body, key: newId() });
      expect([status, problem.code]).to.deep.equal(action === 'freeze' ? [200, undefined] : [403, 'OWN_ACCOUNT']);
      expect(await walletOfUser(payment.db, alice.id)).to.include({ balanceMinor: 1000, version: action === 'freeze' ? 2 : 1 });
    });

    it(`${action} is 404 without a wallet`, async () => {
      for (const who of [newId(), 'nobody', `${alice.id}`]) {
        const query = who === alice.id ? '?currency=USD' : '';
        const { status, body: problem } = await payment.send(method, `/v1/wallets/${who}/${action}${query}`, {
          ...{ bearer: admin, body, key: newId() },
        });
        expect([status, problem.code]).to.deep.equal([404, who === 'nobody' ? 'NOT_FOUND' : 'WALLET_NOT_FOUND']);
      }
    });
  }

  describe('an adjustment', () => {
    it('credits and debits by a transfer with its reason, in the audit log', async () => {
      const { status, body } = await adjust({ amountMinor: 250, reason: 'a broken parcel' });
      expect(status).to.equal(201);
      expect(body.data).to.include({ userId: alice.id, amountMinor: 250, reason: 'a broken parcel', balanceAfterMinor: 1250 });
      expect((await adjust({ amountMinor: -1250, reason: 'fraud' })).body.data).to.include({ balanceAfterMinor: 0 });
      const wallet = await walletOfUser(payment.db, alice.id);
      expect(await entriesOf(payment.db, wallet.id)).to.deep.equal([
        [1, 1000, 1000],
        [2, 250, 1250],
        [3, -1250, 0],
      ]);
      const statement = (await payment.get('/v1/wallet/entries?type=adjustment', alice)).body.data as unknown[];
      expect(statement).to.have.length(2);
      const [first, second] = await auditedOf('wallet.adjust');
      expect(first).to.deep.include({ actorId: admin.id, before: { balanceMinor: 1000 } });
      expect(second?.after).to.include({ balanceMinor: 0, amountMinor: -1250 }).and.not.have.property('reason');
      const reasons = (statement as { reason: string }[]).map(({ reason }) => reason);
      expect(reasons).to.have.members(['a broken parcel', 'fraud']);
    });

    it('is made once under its key, also by concurrent requests', async () => {
      const key = newId();
      const body = { amountMinor: 5, reason: 'twenty times' };
      const answers = await Promise.all(Array.from({ length: 20 }, () => adjust(body, key)));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
      expect(
        answers.filter(({ status, headers }) => status === 200 && headers.get('idempotent-replayed') === 'true'),
      ).to.have.length(19);
      expect(new Set(answers.map((answer) => (answer.body.data as { id: string }).id)).size).to.equal(1);
      expect(await walletOfUser(payment.db, alice.id)).to.include({ balanceMinor: 1005, version: 2 });
      expect(await auditedOf('wallet.adjust')).to.have.length(1);
    });

    it('is refused under the key of another request', async () => {
      const key = newId();
      await adjust({ amountMinor: 5, reason: 'mine' }, key);
      const bob = await openWalletOf(payment.db);
      const others = [
        await adjust({ amountMinor: 6, reason: 'mine' }, key),
        await payment.send('POST', `/v1/wallets/${bob.id}/adjustments`, {
          ...{ bearer: admin, key, body: { amountMinor: 5, reason: 'mine' } },
        }),
      ];
      for (const { status, body } of others) expect([status, body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(await walletOfUser(payment.db, bob.id)).to.include({ balanceMinor: 1000 });
    });

    it('must leave the wallet covered and below its maximum', async () => {
      const refusals: [number, string][] = [
        [-1001, 'WALLET_INSUFFICIENT_FUNDS'],
        [-MAX, 'WALLET_INSUFFICIENT_FUNDS'],
        [MAX - 999, 'WALLET_FULL'],
        [MAX, 'WALLET_FULL'],
      ];
      for (const [amountMinor, code] of refusals) {
        const { status, body } = await adjust({ amountMinor, reason: 'edge' });
        expect([status, body.code]).to.deep.equal([409, code]);
      }
      expect((await adjust({ amountMinor: MAX - 1000, reason: 'edge' })).body.data).to.include({ balanceAfterMinor: MAX });
      expect((await adjust({ amountMinor: 1, reason: 'edge' })).status).to.equal(409);
      expect((await adjust({ amountMinor: -MAX, reason: 'edge' })).body.data).to.include({ balanceAfterMinor: 0 });
    });

    const bad = [
      {},
      { amountMinor: 0, reason: 'x' },
      { amountMinor: 1.5, reason: 'x' },
      { amountMinor: 2 ** 53, reason: 'x' },
      { amountMinor: 1 },
      { amountMinor: 1, reason: ' ' },
      { amountMinor: 1, reason: 'x'.repeat(501) },
      { amountMinor: 1, reason: 'x', colour: 'red' },
    ];
    for (const body of bad) {
      it(`refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
        const { status, body: problem } = await adjust(body);
        expect([status, problem.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
      });
    }

    it('needs a key', async () => {
      const { status, body } = await payment.send('POST', path('adjustments'), {
        ...{ bearer: admin, body: { amountMinor: 1, reason: 'x' } },
      });
      expect([status, body.code]).to.deep.equal([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    });
  });

  describe('limits', () => {
    it('bound purchases, in the order of the reasons', async () => {
      expect((await limit({ creditLimitMinor: 100, spendLimitMinor: 700, dailyLimitMinor: 1000 })).body.data).to.include({
        ...{ creditLimitMinor: 100, spendLimitMinor: 700, dailyLimitMinor: 1000, availableMinor: 1100, version: 2 },
      });
      expect(await buy(701)).to.equal('SPEND_LIMIT_EXCEEDED');
      expect(await buy(600)).to.equal('charged');
      expect(await buy(401)).to.equal('DAILY_LIMIT_EXCEEDED');
      expect(await buy(400)).to.equal('charged');
      expect(await buy(1)).to.equal('DAILY_LIMIT_EXCEEDED');
      expect((await limit({ dailyLimitMinor: null })).body.data).to.include({ dailyLimitMinor: null, spentTodayMinor: 1000 });
      expect(await buy(101)).to.equal('INSUFFICIENT_FUNDS');
      expect(await buy(100)).to.equal('charged');
      expect(await walletOfUser(payment.db, alice.id)).to.include({ balanceMinor: -100 });
    });

    it('must cover the balance, and stay below the maximum', async () => {
      await limit({ creditLimitMinor: 500 });
      await adjust({ amountMinor: -1400, reason: 'into the red' });
      const [before, refused] = [
        await walletOfUser(payment.db, alice.id),
        await limit({ creditLimitMinor: 399, spendLimitMinor: 1 }),
      ];
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'WALLET_INSUFFICIENT_FUNDS']);
      expect(await walletOfUser(payment.db, alice.id)).to.deep.equal(before);
      expect((await limit({ creditLimitMinor: 400 })).body.data).to.include({ availableMinor: 0 });
      expect((await limit({ creditLimitMinor: MAX })).body.data).to.include({ availableMinor: MAX - 400 });
      await adjust({ amountMinor: 400, reason: 'out of it' });
      expect((await adjust({ amountMinor: 1, reason: 'too much' })).body.code).to.equal('WALLET_FULL');
    });

    it('are in the audit log, and change nothing if they are the same', async () => {
      await limit({ spendLimitMinor: 10 });
      expect((await limit({ spendLimitMinor: 10 })).body.data).to.include({ version: 2 });
      expect((await limit({})).body.data).to.include({ version: 2 });
      expect(await auditedOf('wallet.set-limits')).to.deep.equal([
        {
          actorId: admin.id,
          before: { creditLimitMinor: 0, spendLimitMinor: 800, dailyLimitMinor: null },
          after: { creditLimitMinor: 0, spendLimitMinor: 10, dailyLimitMinor: null },
        },
      ]);
    });

    for (const body of [
      { creditLimitMinor: -1 },
      { spendLimitMinor: null },
      { dailyLimitMinor: 0.5 },
      { dailyLimitMinor: 2 ** 53 },
    ]) {
      it(`refuse ${JSON.stringify(body)}`, async () => {
        expect((await limit(body)).body.code).to.equal('VALIDATION_FAILED');
      });
    }
  });

  it('freezing stops purchases and unfreezing allows them; both are in the audit log, and repeating changes nothing', async () => {
    const [freeze, unfreeze] = ['freeze', 'unfreeze'].map(
      (action) => () => payment.send('POST', path(action), { bearer: admin }),
    );
    if (freeze === undefined || unfreeze === undefined) throw new Error('two actions');
    expect((await freeze()).body.data).to.include({ status: 'frozen', version: 2 });
    expect((await freeze()).body.data).to.include({ status: 'frozen', version: 2 });
    expect(await buy(1)).to.equal('WALLET_FROZEN');
    expect((await adjust({ amountMinor: 1, reason: 'also when frozen' })).status).to.equal(201);
    expect((await unfreeze()).body.data).to.include({ status: 'active', version: 4 });
    expect((await unfreeze()).body.data).to.include({ version: 4 });
    expect(await buy(1)).to.equal('charged');
    expect(await auditedOf('wallet.freeze')).to.have.length(1);
    expect(await auditedOf('wallet.unfreeze')).to.have.length(1);
  });

  it('passes the audit', async () => {
    expect(await auditLedger(payment.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });
});
