import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { endHold } from '../src/holds/end-hold.ts';
import { expireHolds } from '../src/holds/expire-holds.ts';
import { readHold } from '../src/holds/lock-hold.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { postIn } from './post-at.ts';
import { entriesOf, paymentFor, walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const MAX = Number.MAX_SAFE_INTEGER;
type Held = { id: string; status: string; amountMinor: number; capturedMinor: number; expiresAt: string };

function raise(): never {
  throw new Error('no answer');
}

describe('holds', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  const place = (body: unknown, key = newId()) =>
    payment.send('POST', `/v1/wallets/${alice.id}/holds`, { bearer: staff, body, key });
  const end = (id: string, how: 'capture' | 'release', body?: unknown) =>
    payment.send('POST', `/v1/holds/${id}/${how}`, { bearer: staff, body });
  const held = async (amountMinor: number, ttlSeconds = 600) => (await place({ amountMinor, ttlSeconds })).body.data as Held;
  const wallet = () => walletOfUser(payment.db, alice.id);
  const expire = (inMs = 0) => postIn(payment.db, inMs, (trx) => expireHolds(trx, { limit: 100 }));

  before(async () => {
    // Tests expire holds themselves.
    payment = await startPayment({ WALLET_SWEEP_MS: '3600000' });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  it('require authentication, and staff', async () => {
    const { id } = await held(1);
    const requests = [
      ['POST', `/v1/wallets/${alice.id}/holds`, { amountMinor: 1 }],
      ['POST', `/v1/holds/${id}/capture`, undefined],
      ['POST', `/v1/holds/${id}/release`, undefined],
    ] as const;
    for (const [method, path, body] of requests) {
      expect((await payment.send(method, path, { body, key: 'k' })).status).to.equal(401);
      expect((await payment.send(method, path, { bearer: alice, body, key: 'k' })).status).to.equal(403);
    }
    expect((await payment.get(`/v1/holds/${id}`)).status).to.equal(401);
    expect((await payment.get(`/v1/holds/${id}`, alice)).status).to.equal(200);
  });

  it('cannot be placed, captured or released by their owner with a role', async () => {
    const { id } = await held(400);
    for (const role of ['staff', 'admin']) {
      const bearer = { ...alice, roles: ['buyer', role] };
      const requests = [
        ['POST', `/v1/wallets/${alice.id}/holds`, { amountMinor: 1 }],
        ['POST', `/v1/holds/${id}/capture`, undefined],
        ['POST', `/v1/holds/${id}/release`, undefined],
      ] as const;
      for (const [method, path, body] of requests) {
        const answer = await payment.send(method, path, { bearer, body, key: newId() });
        expect([answer.status, answer.body.code], `${role} ${path}`).to.deep.equal([403, 'OWN_ACCOUNT']);
      }
    }
    expect(await wallet()).to.include({ balanceMinor: 1000, heldMinor: 400 });
  });

  it('reserve money without moving it', async () => {
    const { status, headers, body } = await place({ amountMinor: 400 });
    const hold = body.data as Held;
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/v1/holds/${hold.id}`);
    expect(hold).to.include({ userId: alice.id, amountMinor: 400, capturedMinor: 0, currency: 'EUR', status: 'held' });
    expect((await payment.get('/v1/wallet', alice)).body.data).to.include({
      ...{ balanceMinor: 1000, heldMinor: 400, availableMinor: 600, version: 2 },
    });
    expect((await payment.get(`/v1/holds/${hold.id}`, staff)).body.data).to.deep.equal(hold);
    expect(await entriesOf(payment.db, (await wallet()).id)).to.have.length(1);
  });

  it('cannot be spent on purchases', async () => {
    await held(400);
    const [dear, cheap] = [601, 600].map((totalMinor) => requested({ userId: alice.id, totalMinor }));
    if (!dear || !cheap) throw new Error('two requests');
    await payment.db.transaction((trx) => payPurchases(trx, [dear, cheap]));
    expect(await paymentFor(payment.db, dear.data.purchaseId)).to.include({ declineReason: 'INSUFFICIENT_FUNDS' });
    expect((await paymentFor(payment.db, dear.data.purchaseId))?.facts).to.include({ balanceMinor: 1000, heldMinor: 400 });
    expect(await paymentFor(payment.db, cheap.data.purchaseId)).to.include({ status: 'charged' });
  });

  for (const [amountMinor, left] of [
    [undefined, 600],
    [400, 600],
    [150, 850],
    [1, 999],
  ] as const) {
    it(`are captured: ${amountMinor ?? 'all'} of 400; the rest is released`, async () => {
      const { id } = await held(400);
      const body = amountMinor === undefined ? undefined : { amountMinor };
      const captured = await end(id, 'capture', body);
      expect(captured.status).to.equal(200);
      expect(captured.body.data).to.include({ status: 'captured', capturedMinor: amountMinor ?? 400 });
      const after = { balanceMinor: left, heldMinor: 0, version: 3, entrySequence: 2 };
      expect(await wallet()).to.include(after);
      const again = await end(id, 'capture', body);
      expect(again.body.data).to.deep.equal(captured.body.data);
      expect(await wallet()).to.include(after);
    });
  }

  it('end once', async () => {
    const endings: [Held, 'capture' | 'release', unknown, number][] = [];
    const [captured, released] = [await held(100), await held(100)];
    await end(captured.id, 'capture', { amountMinor: 60 });
    await end(released.id, 'release');
    endings.push(
      [captured, 'release', undefined, 409],
      [captured, 'capture', undefined, 409],
      [captured, 'capture', { amountMinor: 61 }, 409],
    );
    endings.push([released, 'capture', undefined, 409], [released, 'release', undefined, 200]);
    for (const [{ id }, how, body, status] of endings) {
      const answer = await end(id, how, body);
      expect([answer.status, answer.body.code]).to.deep.equal([status, status === 409 ? 'INVALID_TRANSITION' : undefined]);
    }
    expect(await wallet()).to.include({ balanceMinor: 940, heldMinor: 0, version: 5 });
  });

  it('cannot be captured beyond their amount', async () => {
    const { id } = await held(400);
    const { status, body } = await end(id, 'capture', { amountMinor: 401 });
    expect([status, body.code]).to.deep.equal([409, 'CAPTURE_EXCEEDS_HOLD']);
    expect(await wallet()).to.include({ heldMinor: 400, version: 2 });
  });

  it('are not placed without a wallet, nor on a frozen wallet, which still pays captures', async () => {
    const { id } = await held(400);
    const refused = await place({ amountMinor: 601 });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'WALLET_INSUFFICIENT_FUNDS']);
    expect((await place({ amountMinor: MAX })).body.code).to.equal('WALLET_INSUFFICIENT_FUNDS');
    await payment.db('wallets').where('user_id', idBytes(alice.id)).update({ status: 'frozen' });
    expect((await place({ amountMinor: 1 })).body.code).to.equal('WALLET_FROZEN');
    expect((await end(id, 'capture', { amountMinor: 300 })).status).to.equal(200);
    expect(await wallet()).to.include({ status: 'frozen', balanceMinor: 700, heldMinor: 0 });
  });

  it('are placed once under a key, also by concurrent requests', async () => {
    const [key, body] = [newId(), { amountMinor: 10 }];
    const answers = await Promise.all(Array.from({ length: 15 }, () => place(body, key)));
    expect(answers.map(({ status }) => status)).to.have.members([...Array.from({ length: 14 }, () => 200), 201]);
    expect(await wallet()).to.include({ heldMinor: 10, version: 2 });
    expect((await place({ amountMinor: 11 }, key)).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    const [{ body: placed } = raise()] = answers;
    await end((placed.data as Held).id, 'release');
    const replay = await place(body, key);
    expect([replay.status, (replay.body.data as Held).status, replay.headers.get('idempotent-replayed')]).to.deep.equal([
      ...[200, 'released', 'true'],
    ]);
  });

  for (const body of [{}, { amountMinor: 0 }, { amountMinor: -1 }, { amountMinor: 2 ** 53 }, { amountMinor: 1, ttlSeconds: 0 }]) {
    it(`refuse ${JSON.stringify(body)}`, async () => {
      expect((await place(body)).body.code).to.equal('VALIDATION_FAILED');
    });
  }

  it('are not found by another id', async () => {
    for (const id of [newId(), 'x'])
      for (const answer of [await payment.get(`/v1/holds/${id}`, staff), await end(id, 'capture'), await end(id, 'release')])
        expect([answer.status, answer.body.code]).to.deep.equal([404, 'NOT_FOUND']);
  });

  describe('expire', () => {
    beforeEach(() => expire(3_600_000));

    it('at the end of their time to live', async () => {
      const bob = await openWalletOf(payment.db);
      const [first, second] = [await held(100, 30), await held(200, 40)];
      const long = await held(300, 3600);
      const request = { ...bob, userId: bob.id, currency: 'EUR', actorId: staff.id, amountMinor: 5, ttlS: 30 };
      await payment.db.transaction((trx) => placeHold(trx, { ...request, idempotencyKey: newId() }));
      expect(await expire()).to.equal(0);
      expect(await expire(60_000)).to.equal(3);
      expect(await expire(60_000)).to.equal(0);
      expect(await wallet()).to.include({ balanceMinor: 1000, heldMinor: 300, version: 5 });
      expect(await walletOfUser(payment.db, bob.id)).to.include({ heldMinor: 0, version: 3 });
      for (const { id } of [first, second]) expect((await readHold(payment.db, id)).status).to.equal('expired');
      expect((await readHold(payment.db, long.id)).status).to.equal('held');
      expect((await end(first.id, 'capture')).body.code).to.equal('INVALID_TRANSITION');
    });

    it('and cannot be captured afterwards, also before the job has run', async () => {
      const { id } = await held(100, 30);
      for (const ending of [{ status: 'captured' }, { status: 'released' }] as const) {
        const failure: unknown = await postIn(payment.db, 30_000, (trx) =>
          endHold(trx, { holdId: id, actorId: staff.id, ending }),
        ).catch((error: unknown) => error);
        expect(failure).to.include({ code: 'INVALID_TRANSITION' });
      }
    });

    it('without waiting for a locked wallet', async () => {
      const { id } = await held(100, 30);
      await payment.db.transaction(async (trx) => {
        await trx.raw('SELECT id FROM wallets WHERE user_id = ? FOR UPDATE', [idBytes(alice.id)]);
        expect(await expire(60_000)).to.equal(0);
      });
      expect(await expire(60_000)).to.equal(1);
      expect((await readHold(payment.db, id)).status).to.equal('expired');
    });

    it('by a job', async () => {
      const sweeping = await startPayment({ WALLET_SWEEP_MS: '50' });
      try {
        const { id } = await openWalletOf(sweeping.db);
        const request = { userId: id, currency: 'EUR', actorId: staff.id, idempotencyKey: newId(), amountMinor: 100, ttlS: 1 };
        const hold = await postIn(sweeping.db, -5_000, (trx) => placeHold(trx, request));
        await eventually(async () => {
          expect((await readHold(sweeping.db, hold.id)).status).to.equal('expired');
        });
        expect(await walletOfUser(sweeping.db, id)).to.include({ heldMinor: 0 });
      } finally {
        await sweeping.stop();
      }
    });
  });

  it('have one winner when capture, release and expiry meet', async () => {
    for (let race = 0; race < 15; race++) {
      const { id } = await held(40, 30);
      // The hold ends in between.
      const run = (ending: { status: 'captured' } | { status: 'released' }) =>
        runTransaction(payment.db, (trx) => endHold(trx, { holdId: id, actorId: staff.id, ending }));
      const results = await Promise.allSettled([
        run({ status: 'captured' }),
        run({ status: 'released' }),
        expire(60_000).then((expired) => (expired === 1 ? 'expired' : Promise.reject(new Error('nothing expired')))),
        run({ status: 'captured' }),
      ]);
      const { status, capturedMinor } = await readHold(payment.db, id);
      expect(status).not.to.equal('held');
      const won = results.map((result) => result.status === 'fulfilled');
      expect(won).to.deep.equal([status === 'captured', status === 'released', status === 'expired', status === 'captured']);
      expect(capturedMinor).to.equal(status === 'captured' ? 40 : 0);
      const { balanceMinor, heldMinor, entrySequence } = await wallet();
      expect(heldMinor).to.equal(0);
      expect(balanceMinor).to.equal(1000 - 40 * (entrySequence - 1));
    }
  });

  it('pass the audit', async () => {
    expect(await auditLedger(payment.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });
});
