import { idBytes, newId, runTransaction } from '@florin/database';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { endHold } from '../src/holds/end-hold.ts';
import { listHolds } from '../src/holds/list-holds.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { listPayments } from '../src/payments/list-payments.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { listTopUps } from '../src/top-ups/list-top-ups.ts';
import { cancelled, requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { walletOfUser } from './read-ledger.ts';
import { type Bearer, type RunningPayment, startPayment } from './start-payment.ts';

type Listed = Record<string, unknown>[];

describe('lists of holds, top-ups, payments and entries', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  let bob: { id: string };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };

  before(async () => {
    payment = await startPayment({ WALLET_SWEEP_MS: '3600000' });
    bob = await openWalletOf(payment.db);
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  const hold = (userId: string, amountMinor: number, key = newId()) =>
    payment.send('POST', `/v1/wallets/${userId}/holds`, { bearer: staff, body: { amountMinor, ttlSeconds: 600 }, key });
  const topUp = (bearer: Bearer, amountMinor: number) =>
    payment.send('POST', '/v1/wallet/top-ups', { bearer, body: { amountMinor }, key: newId() });
  const idOf = ({ body }: { body: { data?: unknown } }) => (body.data as { id: string }).id;
  const list = async (path: string, bearer: Bearer) => (await payment.get(path, bearer)).body.data as Listed;
  const amounts = async (path: string, bearer: Bearer) => (await list(path, bearer)).map(({ amountMinor }) => amountMinor);
  const pages = async (path: string, bearer: Bearer): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { body, headers } = await payment.get(next, bearer);
      seen.push(...(body.data as Listed).map(({ amountMinor }) => amountMinor));
      next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    return seen;
  };
  const refusalOf = async (path: string, bearer?: Bearer) => {
    const { status, body } = await payment.get(path, bearer);
    return `${status} ${body.code}`;
  };

  for (const path of [
    '/v1/holds',
    '/v1/wallet/holds',
    '/v1/wallet/top-ups',
    '/v1/payments',
    '/v1/wallet/balance?at=2024-01-01',
  ]) {
    it(`GET ${path} requires authentication`, async () => {
      expect(await refusalOf(path)).to.equal('401 UNAUTHENTICATED');
    });
  }

  describe('GET /v1/holds/:id', () => {
    it('requires authentication, and shows a hold to its owner and to staff only', async () => {
      const id = idOf(await hold(alice.id, 10));
      expect(await refusalOf(`/v1/holds/${id}`)).to.equal('401 UNAUTHENTICATED');
      expect(await refusalOf(`/v1/holds/${id}`, bob)).to.equal('404 NOT_FOUND');
      for (const bearer of [alice, staff]) expect((await payment.get(`/v1/holds/${id}`, bearer)).body.data).to.include({ id });
    });
  });

  describe('GET /v1/wallet/holds', () => {
    it("lists the owner's holds, newest first, page by page", async () => {
      for (const amountMinor of [1, 2, 3, 4, 5]) await hold(alice.id, amountMinor);
      await hold(bob.id, 9);
      expect(await pages('/v1/wallet/holds?limit=2', alice)).to.deep.equal([5, 4, 3, 2, 1]);
      const [newest] = await list('/v1/wallet/holds', alice);
      expect(newest).to.have.all.keys(
        ...['id', 'userId', 'amountMinor', 'capturedMinor', 'currency', 'status', 'expiresAt', 'createdAt'],
      );
    });

    it('filters by status, time and currency', async () => {
      const ids = [];
      for (const amountMinor of [1, 2, 3]) ids.push(idOf(await hold(alice.id, amountMinor)));
      await payment.send('POST', `/v1/holds/${ids[1]}/release`, { bearer: staff });
      expect(await amounts('/v1/wallet/holds?status=released', alice)).to.deep.equal([2]);
      expect(await pages('/v1/wallet/holds?status=held&limit=1', alice)).to.deep.equal([3, 1]);
      const [, second] = await list('/v1/wallet/holds', alice);
      const at = String(second?.['createdAt']);
      expect(await amounts(`/v1/wallet/holds?from=${at}`, alice)).to.include.members([3, 2]);
      expect(await amounts(`/v1/wallet/holds?to=${at}`, alice)).not.to.include(2);
      expect(await refusalOf('/v1/wallet/holds?currency=USD', alice)).to.equal('404 WALLET_NOT_FOUND');
      expect(await refusalOf('/v1/wallet/holds?status=lost', alice)).to.equal('422 VALIDATION_FAILED');
      expect(await refusalOf(`/v1/wallet/holds?userId=${bob.id}`, alice)).to.equal('422 VALIDATION_FAILED');
    });

    it('answers a new user with Retry-After', async () => {
      for (const path of ['/v1/wallet/holds', '/v1/wallet/top-ups']) {
        const { status, body, headers } = await payment.get(path, { id: newId() });
        expect([status, body.code, headers.get('retry-after')]).to.deep.equal([404, 'WALLET_NOT_FOUND', '1']);
      }
    });
  });

  describe('GET /v1/holds', () => {
    it('is for staff', async () => {
      expect(await refusalOf('/v1/holds', alice)).to.equal('403 FORBIDDEN');
    });

    it('filters by user, status and time, alone and together', async () => {
      const first = idOf(await hold(alice.id, 1));
      for (const amountMinor of [2, 3]) await hold(alice.id, amountMinor);
      await payment.send('POST', `/v1/holds/${first}/release`, { bearer: staff });
      const [newest] = await list('/v1/holds?limit=1', staff);
      expect(newest).to.include({ amountMinor: 3, userId: alice.id });
      const user = `userId=${alice.id.toUpperCase()}`;
      expect(await pages(`/v1/holds?${user}&limit=1`, staff)).to.deep.equal([3, 2, 1]);
      expect(await pages(`/v1/holds?${user}&limit=1&status=held`, staff)).to.deep.equal([3, 2]);
      expect(await amounts('/v1/holds?status=released&limit=1', staff)).to.deep.equal([1]);
      for (const filter of [user, 'status=held', `${user}&status=held`, 'limit=100']) {
        expect(await amounts(`/v1/holds?${filter}&from=2100-01-01`, staff)).to.deep.equal([]);
        expect(await amounts(`/v1/holds?${filter}&to=2000-01-01`, staff)).to.deep.equal([]);
        expect(await amounts(`/v1/holds?${filter}&from=2000-01-01&to=2100-01-01`, staff)).to.include.members([3, 2]);
      }
      for (const query of ['userId=7', 'status=lost', 'from=2100-01-01&to=2000-01-01', 'cursor=x', 'colour=red'])
        expect(await refusalOf(`/v1/holds?${query}`, staff)).to.equal('422 VALIDATION_FAILED');
    });
  });

  describe('GET /v1/wallet/top-ups', () => {
    it("lists the owner's top-ups, newest first, by status and time", async () => {
      for (const amountMinor of [100, 201, 300]) await topUp(alice, amountMinor);
      await topUp(bob, 900);
      expect(await pages('/v1/wallet/top-ups?limit=2', alice)).to.deep.equal([300, 201, 100]);
      expect(await amounts('/v1/wallet/top-ups?status=failed', alice)).to.deep.equal([201]);
      expect(await pages('/v1/wallet/top-ups?status=settled&limit=1', alice)).to.deep.equal([300, 100]);
      expect(await amounts('/v1/wallet/top-ups?from=2100-01-01', alice)).to.deep.equal([]);
      expect(await amounts('/v1/wallet/top-ups?status=settled&to=2100-01-01', alice)).to.deep.equal([300, 100]);
      expect(await refusalOf('/v1/wallet/top-ups?currency=USD', alice)).to.equal('404 WALLET_NOT_FOUND');
    });
  });

  describe('GET /v1/payments', () => {
    it('filters by user, status, time and purchase, alone and together', async () => {
      const [kept, undone, dear] = [300, 200, 5_000].map((totalMinor) => requested({ userId: alice.id, totalMinor }));
      if (!kept || !undone || !dear) throw new Error('three requests');
      await runTransaction(payment.db, (trx) =>
        payPurchases(trx, [kept, undone, dear, requested({ userId: bob.id, totalMinor: 7 })]),
      );
      await runTransaction(payment.db, (trx) => refundPurchases(trx, [cancelled(undone.data)], { currency: 'EUR' }));
      const user = `userId=${alice.id}`;
      const days = 'from=2000-01-01&to=2100-01-01';
      expect(await pages(`/v1/payments?${user}&limit=2`, staff)).to.deep.equal([5_000, 200, 300]);
      expect(await pages(`/v1/payments?${user}&${days}&limit=1`, staff)).to.deep.equal([5_000, 200, 300]);
      expect(await amounts(`/v1/payments?${user}&status=refunded`, staff)).to.deep.equal([200]);
      expect(await amounts('/v1/payments?status=refunded&limit=1', staff)).to.deep.equal([200]);
      expect(await pages(`/v1/payments?status=charged&${days}&limit=1`, staff)).to.include.members([300, 7]);
      expect(await pages(`/v1/payments?${days}&limit=2`, staff)).to.include.members([5_000, 200, 300, 7]);
      expect(await amounts('/v1/payments?from=2100-01-01', staff)).to.deep.equal([]);
      const purchase = `purchaseId=${kept.data.purchaseId}`;
      expect(await amounts(`/v1/payments?${purchase}`, staff)).to.deep.equal([300]);
      expect(await amounts(`/v1/payments?${purchase}&status=declined`, staff)).to.deep.equal([]);
      expect(await amounts(`/v1/payments?${purchase}&userId=${bob.id}`, staff)).to.deep.equal([]);
      expect(await amounts('/v1/payments?status=charged', alice)).to.deep.equal([300]);
      expect(await amounts(`/v1/payments?${user}`, alice)).to.have.length(3);
      expect(await refusalOf(`/v1/payments?userId=${bob.id}`, alice)).to.equal('403 FORBIDDEN');
      expect(await refusalOf('/v1/payments?status=paid', staff)).to.equal('422 VALIDATION_FAILED');
    });
  });

  it('entries name their source and reason', async () => {
    const of = { userId: alice.id, currency: 'EUR', actorId: newId() };
    const bought = requested({ userId: alice.id, totalMinor: 100 });
    const { purchaseId } = bought.data;
    const source = async (work: (trx: Knex.Transaction) => Promise<{ id: string }>) =>
      (await runTransaction(payment.db, work)).id;
    await runTransaction(payment.db, (trx) => payPurchases(trx, [bought]));
    await runTransaction(payment.db, (trx) => refundPurchases(trx, [cancelled(bought.data)], { currency: 'EUR' }));
    const holdId = await source((trx) => placeHold(trx, { ...of, idempotencyKey: newId(), amountMinor: 40, ttlS: 60 }));
    const ending = { status: 'captured' } as const;
    await runTransaction(payment.db, (trx) => endHold(trx, { holdId, actorId: of.actorId, ending }));
    const topUpId = idOf(await topUp(alice, 500));
    const reason = '=goodwill, "twice"';
    const adjustmentId = await source((trx) => adjustWallet(trx, { ...of, idempotencyKey: newId(), amountMinor: -5, reason }));

    const entries = await list('/v1/wallet/entries', alice);
    const [opening] = entries.slice(-1);
    expect(entries.map((entry) => [entry['type'], entry['source'], entry['reason']])).to.deep.equal([
      ['adjustment', { type: 'adjustment', id: adjustmentId }, reason],
      ['top-up', { type: 'top-up', id: topUpId }, undefined],
      ['capture', { type: 'hold', id: holdId }, undefined],
      ['refund', { type: 'purchase', id: purchaseId }, undefined],
      ['purchase', { type: 'purchase', id: purchaseId }, undefined],
      ['opening-credit', { type: 'opening-credit', id: opening?.['transferId'] }, undefined],
    ]);
    expect(await list(`/v1/wallets/${alice.id}/entries`, staff)).to.deep.equal(entries);

    const statement = `/v1/wallet/statements/${new Date().toISOString().slice(0, 7)}`;
    const { text: csv } = await payment.read(`${statement}?format=csv`, alice);
    expect(csv).to.include(`,-0.05,14.55,adjustment,${adjustmentId},"'=goodwill, ""twice"""\r\n`);
    expect(csv).to.include(`,-0.40,9.60,hold,${holdId},\r\n`);
    const { text: html } = await payment.read(`${statement}?format=html`, alice);
    expect(html).to.include(`>Adjustment ${adjustmentId}: =goodwill, &quot;twice&quot;<`).and.include(`>Hold ${holdId}<`);
  });

  describe('of many rows', () => {
    const ROWS = 6_000;
    const LIMIT = 10;
    let walletId: string;
    let oldest: Date;

    /** Rows of alice and bob by turns. One in three hundred is rare. */
    before(async () => {
      alice = await openWalletOf(payment.db);
      const wallets = [await walletOfUser(payment.db, alice.id), await walletOfUser(payment.db, bob.id)];
      walletId = wallets[0]?.id ?? '';
      const now = Date.now();
      oldest = new Date(now - ROWS * 1_000);
      const at = (index: number): Date => new Date(now - index * 1_000);
      const rows = Array.from({ length: ROWS }, (_, index) => {
        const wallet = wallets[index % 2];
        const user_id = idBytes(wallet?.userId ?? '');
        return { index, id: idBytes(newId()), wallet_id: idBytes(wallet?.id ?? ''), user_id, created_at: at(index) };
      });
      const common = { currency: 'EUR', request_hash: Buffer.alloc(32) };
      const isRare = (index: number): boolean => index % 300 < 2;
      const holds = rows.map(({ index, ...row }) => ({
        ...{ ...row, ...common, amount_minor: 1, placed_by: row.user_id, idempotency_key: row.id, expires_at: at(-600) },
        ...{ status: isRare(index) ? 'expired' : 'released', ended_at: at(-600) },
      }));
      const topUps = rows.map(({ index, ...row }) => ({
        ...{ ...row, ...common, amount_minor: 1, provider: 'test', idempotency_key: row.id, updated_at: row.created_at },
        ...{ status: 'failed', failure_reason: isRare(index) ? 'rare' : 'usual' },
      }));
      const payments = rows.map(({ index, ...row }) => ({
        ...{ ...row, id: idBytes(newId()), purchase_id: row.id, amount_minor: 0, currency: 'EUR', version: 1 },
        ...{ status: isRare(index) ? 'voided' : 'declined', decline_reason: isRare(index) ? null : 'WALLET_FROZEN' },
      }));
      for (const [table, all] of [
        ['holds', holds],
        ['top_ups', topUps],
        ['payments', payments],
      ] as const)
        for (let start = 0; start < ROWS; start += 500) await payment.db(table).insert(all.slice(start, start + 500));
      await payment.db.raw('ANALYZE TABLE holds, top_ups, payments');
    });

    /** Returns how many rows the server reads for the page after `pagesBefore`, by its own counters. */
    async function rowsRead(read: Read, pagesBefore: number): Promise<number> {
      let cursor: string | undefined;
      for (let page = 0; page < pagesBefore; page++) {
        const { nextCursor } = await read(payment.db, { limit: 100, ...(cursor !== undefined && { cursor }) });
        cursor = nextCursor ?? undefined;
      }
      return payment.db.transaction(async (trx) => {
        const before = await handlerReads(trx);
        await read(trx, { limit: LIMIT, ...(cursor !== undefined && { cursor }) });
        return (await handlerReads(trx)) - before;
      });
    }
    async function handlerReads(trx: Knex.Transaction): Promise<number> {
      const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    }

    type Read = (db: Knex, page: { limit: number; cursor?: string }) => Promise<{ nextCursor: string | null }>;
    const period = () => ({ from: new Date(oldest.getTime() + 600_000), to: new Date(oldest.getTime() + 5_400_000) });
    const user = () => ({ userId: alice.id });
    const reads: [what: string, read: Read, deep?: number][] = [
      ['holds', (db, page) => listHolds(db, {}, page), 20],
      ['holds of a time', (db, page) => listHolds(db, period(), page), 20],
      ['holds of a user', (db, page) => listHolds(db, user(), page), 20],
      ['holds of a user and a time', (db, page) => listHolds(db, { ...user(), ...period() }, page), 20],
      ['holds of a wallet', (db, page) => listHolds(db, { walletId }, page), 20],
      ['holds of a usual status', (db, page) => listHolds(db, { status: 'released' }, page), 20],
      ['holds of a rare status', (db, page) => listHolds(db, { status: 'expired' }, page)],
      ['holds of a rare status and a time', (db, page) => listHolds(db, { status: 'expired', ...period() }, page)],
      ['top-ups', (db, page) => listTopUps(db, walletId, {}, page), 20],
      ['top-ups of a time', (db, page) => listTopUps(db, walletId, period(), page), 20],
      ['payments', (db, page) => listPayments(db, {}, page), 20],
      ['payments of a user', (db, page) => listPayments(db, user(), page), 20],
      ['payments of a time', (db, page) => listPayments(db, period(), page), 20],
      ['payments of a usual status', (db, page) => listPayments(db, { status: 'declined' }, page), 20],
      ['payments of a rare status', (db, page) => listPayments(db, { status: 'voided' }, page)],
      ['payments of a rare status and a time', (db, page) => listPayments(db, { status: 'voided', ...period() }, page)],
    ];
    for (const [what, read, deep = 0] of reads) {
      it(`reads a page of ${what}, and no more`, async () => {
        for (const pagesBefore of [0, deep]) expect(await rowsRead(read, pagesBefore)).to.be.at.most(LIMIT + 5);
      });
    }
  });
});
