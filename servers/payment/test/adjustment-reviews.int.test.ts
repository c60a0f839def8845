import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually, holdRelay, spawnInstance, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { entriesOf, published, walletOfUser } from './read-ledger.ts';
import { type Bearer, type RunningPayment, startPayment } from './start-payment.ts';

const main = new URL('../src/main.ts', import.meta.url);
const LARGE = { amountMinor: 101, reason: 'a broken parcel' };

type Shown = { id: string; status: string; balanceAfterMinor?: number };

describe('adjustments above the bound', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = () => ({ id: newId(), roles: ['buyer', 'admin'] });
  const [ann, ben, cat] = [admin(), admin(), admin()];

  const request = (body: object = LARGE, { key = newId(), bearer = ann }: { key?: string; bearer?: Bearer } = {}) =>
    payment.send('POST', `/v1/wallets/${alice.id}/adjustments`, { bearer, body, key });
  const pending = async (body: object = LARGE): Promise<string> => ((await request(body)).body.data as Shown).id;
  const decide = (verb: string, id: string, bearer?: Bearer) =>
    payment.send('POST', `/v1/adjustments/${id}/${verb}`, bearer === undefined ? {} : { bearer });
  const textOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? ''}`.trim();
  const wallet = () => walletOfUser(payment.db, alice.id);
  const actionsOn = async (id: string): Promise<string[]> =>
    (await payment.db('audit_log').where({ subject: id }).orderBy('id').pluck('action')) as string[];
  const expectSound = async () => {
    const { mismatches } = await auditLedger(payment.db, { invariants });
    expect(mismatches).to.deep.equal([]);
  };

  before(async () => {
    payment = await startPayment({ ADJUSTMENT_REVIEW_ABOVE_MINOR: '100' });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  it('move no money before another admin approves them', async () => {
    const { status, body } = await request();
    expect(status).to.equal(202);
    expect(body.data).to.include({ userId: alice.id, ...LARGE, currency: 'EUR', status: 'pending', requestedBy: ann.id });
    expect(await wallet()).to.include({ balanceMinor: 1000, version: 1 });
    const { id } = body.data as Shown;
    const approved = await decide('approve', id, ben);
    expect(approved.status).to.equal(200);
    expect(approved.body.data).to.include({ id, status: 'approved', decidedBy: ben.id, balanceAfterMinor: 1101 });
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
    expect(await actionsOn(id)).to.deep.equal(['adjustment.request', 'adjustment.approve']);
    const [entry] = (await payment.get('/v1/wallet/entries?type=adjustment', alice)).body.data as object[];
    expect(entry).to.deep.include({ amountMinor: 101, reason: LARGE.reason, source: { type: 'adjustment', id } });
    await expectSound();
  });

  it('are those beyond the bound, credits and debits', async () => {
    const statuses = [];
    for (const amountMinor of [100, -100, 101, -101]) statuses.push((await request({ ...LARGE, amountMinor })).status);
    expect(statuses).to.deep.equal([201, 201, 202, 202]);
  });

  it('are decided by admins only', async () => {
    const id = await pending();
    for (const verb of ['approve', 'reject']) {
      expect(textOf(await decide(verb, id))).to.equal('401 UNAUTHENTICATED');
      for (const bearer of [alice, { id: newId(), roles: ['buyer', 'staff'] }])
        expect(textOf(await decide(verb, id, bearer))).to.equal('403 FORBIDDEN');
      expect(textOf(await decide(verb, newId(), ben))).to.equal('404 NOT_FOUND');
      expect(textOf(await decide(verb, 'none', ben))).to.equal('404 NOT_FOUND');
    }
    expect(await wallet()).to.include({ balanceMinor: 1000, version: 1 });
  });

  it('are decided neither by the admin who requested them nor by the owner', async () => {
    const id = await pending();
    for (const verb of ['approve', 'reject']) {
      expect(textOf(await decide(verb, id, ann))).to.equal('403 REQUESTED_BY_YOU');
      expect(textOf(await decide(verb, id, { ...alice, roles: ['buyer', 'admin'] }))).to.equal('403 OWN_ACCOUNT');
    }
    expect(await wallet()).to.include({ balanceMinor: 1000, version: 1 });
  });

  it('are refused for an own wallet', async () => {
    expect(textOf(await request(LARGE, { bearer: { ...alice, roles: ['buyer', 'admin'] } }))).to.equal('403 OWN_ACCOUNT');
  });

  it('are decided once; repeating a decision changes nothing, and the other one is refused', async () => {
    const [first, second] = [await pending(), await pending()];
    for (let time = 0; time < 2; time++) {
      expect(textOf(await decide('approve', first, ben))).to.equal('200');
      expect(textOf(await decide('reject', second, cat))).to.equal('200');
    }
    expect(textOf(await decide('reject', first, cat))).to.equal('409 INVALID_TRANSITION');
    expect(textOf(await decide('approve', second, ben))).to.equal('409 INVALID_TRANSITION');
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
    expect(await actionsOn(first)).to.deep.equal(['adjustment.request', 'adjustment.approve']);
    expect(await actionsOn(second)).to.deep.equal(['adjustment.request', 'adjustment.reject']);
  });

  it('are decided once by concurrent decisions', async () => {
    for (let round = 0; round < 5; round++) {
      alice = await openWalletOf(payment.db);
      const id = await pending();
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => decide(index % 2 === 0 ? 'approve' : 'reject', id, index % 3 === 0 ? ben : cat)),
      );
      const listed = (await payment.get('/v1/adjustments', ben)).body.data as Shown[];
      const isApproved = listed[0]?.status === 'approved';
      for (const [index, answer] of answers.entries())
        expect(textOf(answer)).to.equal((index % 2 === 0) === isApproved ? '200' : '409 INVALID_TRANSITION');
      expect(await wallet()).to.include(isApproved ? { balanceMinor: 1101, version: 2 } : { balanceMinor: 1000, version: 1 });
    }
    await expectSound();
  });

  it('stay pending while the wallet does not cover them', async () => {
    const id = await pending({ ...LARGE, amountMinor: -1001 });
    expect(textOf(await decide('approve', id, ben))).to.equal('409 WALLET_INSUFFICIENT_FUNDS');
    expect(await actionsOn(id)).to.deep.equal(['adjustment.request']);
    await request({ amountMinor: 1, reason: 'a cent' });
    expect(textOf(await decide('approve', id, ben))).to.equal('200');
    expect(await wallet()).to.include({ balanceMinor: 0 });
  });

  it('are requested once under a key, and replayed with their present status', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 12 }, () => request(LARGE, { key })));
    expect(answers.map(({ status }) => status)).to.have.members([202, ...Array.from({ length: 11 }, () => 200)]);
    const ids = new Set(answers.map(({ body }) => (body.data as Shown).id));
    expect(ids.size).to.equal(1);
    const [id = ''] = ids;
    await decide('approve', id, ben);
    const again = await request(LARGE, { key });
    expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
    expect(again.body.data).to.include({ id, status: 'approved', balanceAfterMinor: 1101 });
    expect(textOf(await request({ ...LARGE, reason: 'another' }, { key }))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
  });

  it('replay what was posted without a review before the bound was set', async () => {
    const key = newId();
    const of = { userId: alice.id, currency: 'EUR', idempotencyKey: key, actorId: ann.id };
    await runTransaction(payment.db, (trx) => adjustWallet(trx, { ...of, ...LARGE }));
    const { status, body } = await request(LARGE, { key });
    expect([status, (body.data as Shown).status]).to.deep.equal([200, 'posted']);
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
  });

  it('move no money twice if the release before served a retry', async () => {
    const key = newId();
    const { body } = await request(LARGE, { key });
    const of = { userId: alice.id, currency: 'EUR', idempotencyKey: key, actorId: ann.id };
    await runTransaction(payment.db, (trx) => adjustWallet(trx, { ...of, ...LARGE }));
    const { id } = body.data as Shown;
    expect(textOf(await decide('approve', id, ben))).to.equal('409 INVALID_TRANSITION');
    expect(textOf(await decide('reject', id, ben))).to.equal('200');
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
    await expectSound();
  });

  it('are listed for admins by status, newest first', async () => {
    for (const bearer of [alice, { id: newId(), roles: ['buyer', 'staff'] }])
      expect((await payment.get('/v1/adjustments', bearer)).status).to.equal(403);
    const ids = [await pending(), await pending(), await pending()];
    await decide('reject', ids[1] ?? '', ben);
    const list = async (query: string) => (await payment.get(`/v1/adjustments${query}`, ben)).body;
    const shown = (await list('?limit=3')).data as Shown[];
    expect(shown.map(({ id, status }) => [id, status])).to.deep.equal([
      [ids[2], 'pending'],
      [ids[1], 'rejected'],
      [ids[0], 'pending'],
    ]);
    const first = await list('?status=pending&limit=1');
    const { nextCursor } = first.page as { nextCursor: string };
    const second = await list(`?status=pending&limit=1&cursor=${encodeURIComponent(nextCursor)}`);
    expect([first, second].flatMap(({ data }) => (data as Shown[]).map(({ id }) => id))).to.deep.equal([ids[2], ids[0]]);
    expect((await payment.get('/v1/adjustments?status=posted', ben)).status).to.equal(422);
  });

  const damages = [
    "UPDATE adjustment_reviews SET status = 'pending', decided_by = NULL, decided_at = NULL",
    'DELETE FROM adjustment_reviews',
  ];
  for (const damage of damages) {
    it(`cannot be undone by ${damage.slice(0, 6)}`, async () => {
      const id = await pending();
      await decide('approve', id, ben);
      const error = await payment.db.raw(`${damage} WHERE id = ?`, [idBytes(id)]).then(
        () => undefined,
        (one: Error) => one,
      );
      expect(error?.message).to.match(/a review is decided once|reviews are kept/);
    });
  }

  it('whose instance is killed after the approval publish their event once', async () => {
    const id = await pending();
    await eventually(async () => expect(await published(payment.db)).to.have.length(0));
    const letGo = await holdRelay(payment.database);
    const killed = await spawnInstance(main, payment.environment);
    try {
      const headers = { authorization: `Bearer ${payment.tokenFor(ben)}` };
      const answer = await fetch(`${killed.url}/v1/adjustments/${id}/approve`, { method: 'POST', headers });
      expect(answer.status).to.equal(200);
      await killed.kill();
      expect(textOf(await decide('approve', id, ben))).to.equal('200');
      expect((await published(payment.db)).map(({ type }) => type)).to.deep.equal(['wallet-changed']);
    } finally {
      await killed.kill();
      await letGo();
    }
    await eventually(async () => expect(await published(payment.db)).to.have.length(0));
    expect(await entriesOf(payment.db, (await wallet()).id)).to.deep.equal([
      [1, 1000, 1000],
      [2, 101, 1101],
    ]);
  }).timeout(60_000);

  it('whose instance is killed within the approval stay pending', async () => {
    const id = await pending();
    const killed = await spawnInstance(main, payment.environment);
    const lock = await payment.db.transaction();
    try {
      await lock.raw('SELECT id FROM adjustment_reviews WHERE id = ? FOR UPDATE', [idBytes(id)]);
      const headers = { authorization: `Bearer ${payment.tokenFor(ben)}` };
      const answer = fetch(`${killed.url}/v1/adjustments/${id}/approve`, { method: 'POST', headers }).catch(() => undefined);
      await untilWaiting(payment.db, 1);
      await killed.kill();
      expect(await answer).to.equal(undefined);
    } finally {
      await killed.kill();
      await lock.rollback();
    }
    expect(await wallet()).to.include({ balanceMinor: 1000, version: 1 });
    expect(textOf(await decide('approve', id, ben))).to.equal('200');
    expect(await wallet()).to.include({ balanceMinor: 1101, version: 2 });
  }).timeout(60_000);
});
