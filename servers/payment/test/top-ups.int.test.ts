import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { claimUnfinished } from '../src/top-ups/claim-unfinished.ts';
import { readTopUp } from '../src/top-ups/read-top-up.ts';
import { recordReport } from '../src/top-ups/record-report.ts';
import { openSandboxProvider } from '../src/top-ups/sandbox-provider.ts';
import type { TopUp } from '../src/top-ups/top-up.ts';
import type { TopUpReport } from '../src/top-ups/top-up-provider.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { postAt } from './post-at.ts';
import { entriesOf, walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('top-ups', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  /** Calls of the provider by top-up id. */
  const asked = new Map<string, number>();
  const topUp = (amountMinor: unknown, key = newId(), query = '') =>
    payment.send('POST', `/v1/wallet/top-ups${query}`, { bearer: alice, body: { amountMinor }, key });
  const read = async (id: string) => (await payment.get(`/v1/wallet/top-ups/${id}`, alice)).body.data as TopUp;
  const wallet = () => walletOfUser(payment.db, alice.id);

  before(async () => {
    const openSandbox = openSandboxProvider({ settlesAfterMs: 300 });
    payment = await startPayment(
      { WALLET_SWEEP_MS: '50', TOP_UP_TIMEOUT_MS: '150', TOP_UP_MAX_MINOR: String(MAX) },
      {
        openTopUpProvider: (onReport) => {
          const sandbox = openSandbox(onReport);
          return {
            ...sandbox,
            charge(wanted, options) {
              asked.set(wanted.id, (asked.get(wanted.id) ?? 0) + 1);
              return sandbox.charge(wanted, options);
            },
          };
        },
      },
    );
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  it('require authentication', async () => {
    expect((await payment.send('POST', '/v1/wallet/top-ups', { body: { amountMinor: 1 }, key: 'k' })).status).to.equal(401);
    expect((await payment.get(`/v1/wallet/top-ups/${newId()}`)).status).to.equal(401);
  });

  it('settle at once', async () => {
    const { status, headers, body } = await topUp(500);
    const settled = body.data as TopUp;
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/v1/wallet/top-ups/${settled.id}`);
    expect(settled).to.include({ userId: alice.id, amountMinor: 500, status: 'settled', reference: `sandbox-${settled.id}` });
    expect(await read(settled.id)).to.deep.equal(settled);
    const { id, ...rest } = await wallet();
    expect(rest).to.include({ balanceMinor: 1500, version: 2 });
    expect(await entriesOf(payment.db, id)).to.deep.equal([
      [1, 1000, 1000],
      [2, 500, 1500],
    ]);
  });

  it('are refused while an operator has stopped them, and a retry of one that has begun is answered', async () => {
    const key = newId();
    const begun = (await topUp(500, key)).body.data as TopUp;
    const throwSwitch = (isOn: boolean) =>
      payment.send('PUT', '/v1/payment/switches/stop-top-ups', {
        bearer: { id: newId(), roles: ['buyer', 'admin'] },
        body: { isOn, reason: 'the provider is away' },
      });
    expect((await throwSwitch(true)).status).to.equal(200);
    const { status, headers, body } = await topUp(500);
    expect([status, body.code, headers.get('retry-after')]).to.deep.equal([503, 'TOP_UPS_UNAVAILABLE', '30']);
    expect((await topUp(500, key)).body.data).to.deep.equal(begun);
    await throwSwitch(false);
    expect((await topUp(500)).status).to.equal(201);
  });

  it('fail without moving money', async () => {
    const { status, body } = await topUp(501);
    expect(status).to.equal(201);
    expect(body.data).to.include({ status: 'failed', failureReason: 'The sandbox declines amounts that end in 01.' });
    expect(await wallet()).to.include({ balanceMinor: 1000, version: 1 });
  });

  for (const [amountMinor, how] of [
    [502, 'stay pending and settle later'],
    [505, 'get no answer at first, and are asked for again'],
  ] as const) {
    it(`${how}: the job finishes them`, async () => {
      const { status, body } = await topUp(amountMinor);
      const { id, status: first } = body.data as TopUp;
      expect([status, first]).to.deep.equal([201, 'pending']);
      await eventually(async () => expect((await read(id)).status).to.equal('settled'));
      expect(await wallet()).to.include({ balanceMinor: 1000 + amountMinor, version: 2 });
      expect(asked.get(id)).to.be.greaterThan(1);
    });
  }

  for (const amountMinor of [503, 504]) {
    it(`of ${amountMinor}: are credited once, though the provider repeats itself or is overtaken`, async () => {
      const { body } = await topUp(amountMinor);
      // On a busy machine the answer of the provider comes after that of the request.
      await eventually(async () => expect((await read((body.data as TopUp).id)).status).to.equal('settled'));
      expect(await wallet()).to.include({ balanceMinor: 1000 + amountMinor, version: 2 });
    });
  }

  it('are begun once under a key, also by concurrent requests', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 15 }, () => topUp(500, key)));
    expect(answers.map(({ status }) => status)).to.have.members([...Array.from({ length: 14 }, () => 200), 201]);
    const ids = new Set(answers.map(({ body }) => (body.data as TopUp).id));
    expect(ids.size).to.equal(1);
    expect(await wallet()).to.include({ balanceMinor: 1500, version: 2 });
    expect((await topUp(600, key)).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    const replay = await topUp(500, key);
    expect([replay.status, replay.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
    expect(replay.body.data).to.include({ status: 'settled' });
  });

  it('are for the buyer only', async () => {
    const { id } = (await topUp(500)).body.data as TopUp;
    const bob = { id: newId() };
    for (const path of [id, newId(), 'x']) {
      const { status, body } = await payment.get(`/v1/wallet/top-ups/${path}`, path === id ? bob : alice);
      expect([status, body.code]).to.deep.equal([404, 'NOT_FOUND']);
    }
    const none = await payment.send('POST', '/v1/wallet/top-ups', { bearer: bob, body: { amountMinor: 1 }, key: 'k' });
    expect([none.status, none.body.code]).to.deep.equal([404, 'WALLET_NOT_FOUND']);
    expect((await topUp(1, newId(), '?currency=USD')).body.code).to.equal('WALLET_NOT_FOUND');
  });

  it('are refused for a frozen wallet, and for one that would be full', async () => {
    expect((await topUp(MAX - 999)).body.code).to.equal('WALLET_FULL');
    expect((await topUp(MAX - 1000)).body.data).to.include({ status: 'settled' });
    expect(await wallet()).to.include({ balanceMinor: MAX });
    await payment.db('wallets').where('user_id', idBytes(alice.id)).update({ status: 'frozen' });
    const { status, body } = await topUp(1);
    expect([status, body.code]).to.deep.equal([409, 'WALLET_FROZEN']);
  });

  for (const amountMinor of [0, -1, 1.5, 2 ** 53, '5', undefined]) {
    it(`refuse ${JSON.stringify(amountMinor)}`, async () => {
      expect((await topUp(amountMinor)).body.code).to.equal('VALIDATION_FAILED');
    });
  }

  it('need a key', async () => {
    const { status, body } = await payment.send('POST', '/v1/wallet/top-ups', { bearer: alice, body: { amountMinor: 1 } });
    expect([status, body.code]).to.deep.equal([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  });

  describe('reports of the provider', () => {
    const begin = async (amountMinor: number) => {
      const request = { userId: alice.id, currency: 'EUR', idempotencyKey: newId(), amountMinor };
      const options = { provider: 'test', leaseMs: 3_600_000 };
      return payment.db.transaction((trx) => beginTopUp(trx, request, options));
    };
    const report = ({ id, amountMinor, currency }: TopUp, status: TopUp['status']): TopUpReport => ({
      ...{ topUpId: id, status, amountMinor, currency, reference: `ref-${id}` },
    });
    const record = (said: TopUpReport) => runTransaction(payment.db, (trx) => recordReport(trx, said));

    it('once or often, in whatever order, at whatever moments: the same comes of it', async () => {
      const statuses = fc.array(fc.constantFrom<TopUp['status']>('pending', 'failed', 'settled'), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(statuses, fc.boolean(), async (said, isAtOnce) => {
          const begun = await begin(7);
          const before = await wallet();
          if (isAtOnce) await Promise.all(said.map((status) => record(report(begun, status))));
          else for (const status of said) await record(report(begun, status));
          const outcome = (['settled', 'failed', 'pending'] as const).find((status) => said.includes(status));
          expect((await readTopUp(payment.db, begun.id)).status).to.equal(outcome);
          const { balanceMinor, version } = await wallet();
          const credits = outcome === 'settled' ? 1 : 0;
          expect([balanceMinor - before.balanceMinor, version - before.version]).to.deep.equal([7 * credits, credits]);
        }),
        { numRuns: 25 },
      );
    });

    it('are rejected if the amount or currency differs', async () => {
      const begun = await begin(7);
      for (const lie of [{ amountMinor: 8 }, { currency: 'USD' }])
        expect(String(await record({ ...report(begun, 'settled'), ...lie }).catch((error: unknown) => error))).to.match(
          /was reported as/,
        );
      expect(await wallet()).to.include({ balanceMinor: 1000 });
    });

    it('credit a frozen wallet: the money was taken', async () => {
      const begun = await begin(7);
      await payment.db('wallets').where('user_id', idBytes(alice.id)).update({ status: 'frozen' });
      await record(report(begun, 'settled'));
      expect(await wallet()).to.include({ balanceMinor: 1007 });
    });

    it('leave the top-up pending while the wallet is full', async () => {
      const begun = await begin(7);
      await topUp(MAX - 1000);
      expect(await record(report(begun, 'settled')).catch((error: unknown) => error)).to.include({ code: 'WALLET_FULL' });
      expect((await readTopUp(payment.db, begun.id)).status).to.equal('pending');
    });
  });

  it('are claimed by one instance, with growing pauses', async () => {
    // The service's own job is off: its range lock covers the row behind the due ones for a moment, and a claim would skip it.
    const quiet = await startPayment({ TOP_UP_PROVIDER: 'none' });
    try {
      const { db } = quiet;
      const { id: userId } = await openWalletOf(db);
      const now = Date.now();
      const dueAt = (seconds: number) => new Date(now + seconds * 1000);
      const request = { userId, currency: 'EUR', idempotencyKey: newId(), amountMinor: 500 };
      await postAt(db, dueAt(0), (trx) => beginTopUp(trx, request, { provider: 'test', leaseMs: 0 }));
      const claim = async (at: Date) =>
        (await postAt(db, at, (trx) => claimUnfinished(trx, { limit: 50, maxPauseS: 60 }))).length;
      const claims = await Promise.all([1, 2, 3].map(() => claim(dueAt(0))));
      expect(claims).to.have.members([1, 0, 0]);
      expect([await claim(dueAt(0.9)), await claim(dueAt(1))]).to.deep.equal([0, 1]);
      expect([await claim(dueAt(2.9)), await claim(dueAt(3))]).to.deep.equal([0, 1]);
    } finally {
      await quiet.stop();
    }
  });

  it('are unavailable without a provider', async () => {
    const without = await startPayment({ TOP_UP_PROVIDER: 'none' });
    try {
      const { status, body } = await without.send('POST', '/v1/wallet/top-ups', {
        bearer: alice,
        body: { amountMinor: 1 },
        key: 'k',
      });
      expect([status, body.code]).to.deep.equal([503, 'TOP_UPS_UNAVAILABLE']);
    } finally {
      await without.stop();
    }
  });

  it('pass the audit', async () => {
    expect(await auditLedger(payment.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });
});
