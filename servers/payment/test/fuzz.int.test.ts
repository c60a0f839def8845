import { newId } from '@florin/database';
import { type FuzzTarget, fuzzEndpoint } from '@florin/testing';
import { expect } from 'chai';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

describe('payment, under random requests', () => {
  let payment: RunningPayment;
  let target: FuzzTarget;

  before(async () => {
    payment = await startPayment({ LOG_LEVEL: 'error' });
    const alice = await openWalletOf(payment.db);
    const admin = { id: newId(), roles: ['buyer', 'admin'] };
    const hold = await payment.send('POST', `/v1/wallets/${alice.id}/holds`, {
      bearer: admin,
      body: { amountMinor: 1 },
      key: 'k',
    });
    const topUp = await payment.send('POST', '/v1/wallet/top-ups', { bearer: alice, body: { amountMinor: 5 }, key: 'k' });
    const [holdId, topUpId] = [hold, topUp].map(({ body }) => (body.data as { id: string }).id);
    const ids = { holds: [holdId], 'top-ups': [topUpId] } as Record<string, string[]>;
    target = {
      baseUrl: payment.url,
      known: ({ path }) => Object.entries(ids).find(([part]) => path.includes(`/${part}/:id`))?.[1] ?? [alice.id],
      tokenFor: ({ access }) => (access === 'anyone' ? undefined : payment.tokenFor(access === 'user' ? alice : admin)),
    };
  });
  after(() => payment.stop());

  it('answers each, and refuses what is not allowed', async () => {
    for (const endpoint of payment.endpoints) await fuzzEndpoint(endpoint, target);
  }).timeout(600_000);

  it('keeps a correct ledger', async () => {
    expect(await auditLedger(payment.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });
});
