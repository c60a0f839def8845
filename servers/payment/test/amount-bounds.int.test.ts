import { newId } from '@florin/database';
import { expect } from 'chai';
import { openWalletOf } from './open-wallet-of.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

type Refusal = { errors: { path: string; message: string }[] };
type Sums = Record<string, unknown>[];

const DEFAULT_MAX_MINOR = 1_000_000_000_000;

describe('the bounds of amounts', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };

  before(async () => {
    payment = await startPayment();
    alice = await openWalletOf(payment.db);
  });
  after(() => payment.stop());

  type To = Pick<RunningPayment, 'send'>;
  const topUp = (to: To, amountMinor: number) =>
    to.send('POST', '/v1/wallet/top-ups', { bearer: alice, body: { amountMinor }, key: newId() });
  const adjust = (to: To, amountMinor: number) => {
    const body = { amountMinor, reason: 'a test' };
    return to.send('POST', `/v1/wallets/${alice.id}/adjustments`, { bearer: admin, body, key: newId() });
  };

  async function testBound(to: To, max: number): Promise<void> {
    for (const answer of [await topUp(to, max + 1), await adjust(to, max + 1), await adjust(to, -max - 1)]) {
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
      const [error] = (answer.body as unknown as Refusal).errors;
      expect(error?.path).to.equal('amountMinor');
      expect(error?.message).to.match(new RegExp(`-?${max}$`));
    }
    for (const answer of [await topUp(to, max), await adjust(to, -max)]) expect(answer.status).to.equal(201);
  }

  it('apply to a top-up and an adjustment', () => testBound(payment, DEFAULT_MAX_MINOR));

  it('come from settings', async () => {
    const beside = await payment.startBeside({ TOP_UP_MAX_MINOR: '5000', ADJUSTMENT_MAX_MINOR: '5000' });
    try {
      await testBound(beside, 5_000);
    } finally {
      await beside.stop();
    }
  });

  it('leave sums beyond a safe integer readable', async () => {
    for (const openingCreditMinor of [9_000_000_000_000_000, 9_000_000_000_000_000])
      await openWalletOf(payment.db, { currency: 'JPY', openingCreditMinor });
    const { status, body } = await payment.get('/v1/ledger/accounts', admin);
    expect(status).to.equal(200);
    const { accounts, totals } = body.data as { accounts: Sums; totals: Sums };
    const text = '18000000000000000';
    const wallets = accounts.find(({ account, currency }) => account === 'wallet' && currency === 'JPY');
    expect(wallets).to.include({ creditMinor: null, creditMinorText: text, balanceMinor: null, balanceMinorText: text });
    const total = totals.find(({ currency }) => currency === 'JPY');
    expect(total).to.include({ debitMinor: null, debitMinorText: text, isBalanced: true });
    expect((await payment.get('/v1/ledger/audit', admin)).body.data).to.include({ ok: true, sumMinor: 0 });
  });
});
