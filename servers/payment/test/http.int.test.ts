import { newId } from '@florin/database';
import { encodeCursor } from '@florin/pagination';
import { expect } from 'chai';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

type Listed = Record<string, unknown>[];
type PageOf = { limit: number; nextCursor: string | null };

describe('the payment API', () => {
  let payment: RunningPayment;
  const alice = { id: newId() };
  const bob = { id: newId() };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };
  const kept = requested({ userId: alice.id, totalMinor: 300 });
  const undone = requested({ userId: alice.id, totalMinor: 200 });
  const dear = requested({ userId: alice.id, totalMinor: 5000 });
  const bobs = requested({ userId: bob.id, totalMinor: 10 });

  before(async () => {
    payment = await startPayment();
    const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };
    await payment.db.transaction(async (trx) => {
      await openWallets(trx, [registered(alice.id), registered(bob.id)], terms);
      await openWallets(trx, [registered(alice.id)], { ...terms, currency: 'USD', openingCreditMinor: 5 });
      await payPurchases(trx, [kept, undone, dear, bobs]);
      await refundPurchases(trx, [cancelled(undone.data)], terms);
    });
  });
  after(() => payment.stop());

  describe('every endpoint', () => {
    for (const path of ['/v1/wallet', '/v1/wallet/entries', '/v1/payments', '/v1/ledger/audit', '/v1/ledger/accounts']) {
      it(`${path} requires authentication`, async () => {
        const { status, body, headers } = await payment.get(path);
        expect(status).to.equal(401);
        expect(body).to.include({ code: 'UNAUTHENTICATED' });
        expect(headers.get('content-type')).to.match(/^application\/problem\+json/);
      });

      it(`${path} refuses an unknown query parameter`, async () => {
        const { status, body } = await payment.get(`${path}?colour=red`, admin);
        expect([status, body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
      });
    }
  });

  describe('GET /v1/wallet', () => {
    it("shows the user's own wallet", async () => {
      const { status, body } = await payment.get('/v1/wallet', alice);
      const { id } = await walletOfUser(payment.db, alice.id);
      expect(status).to.equal(200);
      expect(body).to.deep.equal({
        data: {
          id,
          userId: alice.id,
          currency: 'EUR',
          balanceMinor: 700,
          availableMinor: 700,
          heldMinor: 0,
          creditLimitMinor: 0,
          spendLimitMinor: 800,
          dailyLimitMinor: null,
          spentTodayMinor: 300,
          status: 'active',
          version: 3,
        },
      });
    });

    it('shows the wallet of another currency', async () => {
      const { body } = await payment.get('/v1/wallet?currency=usd', alice);
      expect(body.data).to.include({ currency: 'USD', balanceMinor: 5 });
    });

    it('refuses an unknown currency', async () => {
      for (const currency of ['', 'EURO', 'E']) {
        expect((await payment.get(`/v1/wallet?currency=${currency}`, alice)).status).to.equal(422);
      }
    });
  });

  describe('GET /v1/wallet/entries', () => {
    const entries = async (query = '') => (await payment.get(`/v1/wallet/entries${query}`, alice)).body.data as Listed;

    it('lists the entries, newest first', async () => {
      const all = await entries();
      expect(
        all.map((entry) => [entry['sequence'], entry['type'], entry['amountMinor'], entry['balanceAfterMinor']]),
      ).to.deep.equal([
        [4, 'refund', 200, 700],
        [3, 'purchase', -200, 500],
        [2, 'purchase', -300, 700],
        [1, 'opening-credit', 1000, 1000],
      ]);
      expect(all[2]).to.include({ purchaseId: kept.data.purchaseId });
      expect(all[3]).to.have.all.keys(
        ...['id', 'sequence', 'transferId', 'type', 'amountMinor', 'balanceAfterMinor', 'source', 'createdAt'],
      );
      expect(new Set(all.map(({ id }) => id)).size).to.equal(4);
    });

    it('returns pages without gaps', async () => {
      const first = await payment.get('/v1/wallet/entries?limit=3&type=purchase', alice);
      expect(first.body.page).to.deep.equal({ limit: 3, nextCursor: null });
      const seen: unknown[] = [];
      let path: string | undefined = '/v1/wallet/entries?limit=1';
      while (path !== undefined) {
        const { body, headers } = await payment.get(path, alice);
        seen.push(...(body.data as Listed).map(({ sequence }) => sequence));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
        expect(path === undefined).to.equal((body.page as PageOf).nextCursor === null);
      }
      expect(seen).to.deep.equal([4, 3, 2, 1]);
    });

    it('filters by type and by time', async () => {
      expect(await entries('?type=refund')).to.have.length(1);
      expect(await entries('?from=2100-01-01T00:00:00Z')).to.have.length(0);
      expect(await entries('?to=2100-01-01T00:00:00Z&from=2000-01-01')).to.have.length(4);
      const [newest] = await entries();
      const at = encodeURIComponent(String(newest?.['createdAt']));
      expect((await entries(`?from=${at}`)).map(({ sequence }) => sequence)).to.include(4);
      expect((await entries(`?to=${at}`)).map(({ sequence }) => sequence)).not.to.include(4);
    });

    const refused = [
      'limit=0',
      'limit=101',
      'limit=1.5',
      'limit=x',
      'type=gift',
      'from=yesterday',
      'cursor=nonsense',
      'currency=EURO',
      `cursor=${encodeCursor('oldest', [1])}`,
      `cursor=${encodeCursor('newest', [1, 2])}`,
      `cursor=${encodeCursor('newest', ['1 OR 1'])}`,
      `cursor=${Buffer.from('["newest",null]').toString('base64url')}`,
    ];
    for (const query of refused) {
      it(`refuses ${query}`, async () => {
        const { status, body } = await payment.get(`/v1/wallet/entries?${query}`, alice);
        expect([status, body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
      });
    }
  });

  describe('GET /v1/payments', () => {
    const payments = async (bearer: { id: string; roles?: string[] }, query = '') =>
      (await payment.get(`/v1/payments${query}`, bearer)).body.data as Listed;

    it("lists the buyer's payments, newest first", async () => {
      const own = await payments(alice);
      expect(own.map(({ status, amountMinor }) => [status, amountMinor])).to.deep.equal([
        ['declined', 5000],
        ['refunded', 200],
        ['charged', 300],
      ]);
      expect(own[0]).to.include({ declineReason: 'SPEND_LIMIT_EXCEEDED', userId: alice.id, currency: 'EUR' });
      expect(own[2]).to.have.all.keys(...['id', 'purchaseId', 'userId', 'status', 'amountMinor', 'currency', 'createdAt']);
    });

    it("finds a purchase's payment, but not another user's", async () => {
      const query = `?purchaseId=${kept.data.purchaseId}`;
      expect(await payments(alice, query)).to.have.length(1);
      expect(await payments(bob, query)).to.deep.equal([]);
      expect(await payments(staff, query)).to.have.length(1);
    });

    it('lists all payments for staff and admins', async () => {
      expect(await payments(staff)).to.have.length(4);
      expect(await payments(admin)).to.have.length(4);
    });

    it('returns pages without gaps', async () => {
      const seen: unknown[] = [];
      let path: string | undefined = '/v1/payments?limit=3';
      while (path !== undefined) {
        const { body, headers } = await payment.get(path, staff);
        seen.push(...(body.data as Listed).map(({ id }) => id));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }
      expect(seen).to.deep.equal((await payments(staff)).map(({ id }) => id));
    });

    const refused = [
      'limit=0',
      'purchaseId=7',
      'userId=7',
      'cursor=nonsense',
      `cursor=${encodeCursor('newest', [7])}`,
      `cursor=${encodeCursor('newest', ['7'])}`,
      `cursor=${Buffer.from('["newest",null]').toString('base64url')}`,
    ];
    for (const query of refused) {
      it(`refuses ${query}`, async () => {
        const { status, body } = await payment.get(`/v1/payments?${query}`, alice);
        expect([status, body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
      });
    }
  });

  describe('GET /v1/ledger/audit', () => {
    it('is for admins only', async () => {
      for (const bearer of [alice, staff]) {
        const { status, body } = await payment.get('/v1/ledger/audit', bearer);
        expect([status, body.code]).to.deep.equal([403, 'FORBIDDEN']);
      }
    });

    it('audits the ledger', async () => {
      const { status, body } = await payment.get('/v1/ledger/audit', admin);
      expect(status).to.equal(200);
      expect(body.data).to.deep.equal({
        ok: true,
        transfers: 7,
        entries: 14,
        sumMinor: 0,
        walletsChecked: 3,
        mismatches: [],
      });
    });
  });

  describe('GET /v1/ledger/accounts', () => {
    it('is for admins', async () => {
      for (const bearer of [alice, staff]) {
        const { status, body } = await payment.get('/v1/ledger/accounts', bearer);
        expect([status, body.code]).to.deep.equal([403, 'FORBIDDEN']);
      }
    });

    it('returns the trial balance', async () => {
      const { status, body } = await payment.get('/v1/ledger/accounts', admin);
      expect(status).to.equal(200);
      const { accounts, totals } = body.data as { accounts: Listed; totals: Listed };
      expect(accounts.map(({ account, currency, balanceMinor }) => [account, currency, balanceMinor])).to.deep.equal([
        ['opening-credit', 'EUR', -2000],
        ['opening-credit', 'USD', -5],
        ['sales', 'EUR', 310],
        ['wallet', 'EUR', 1690],
        ['wallet', 'USD', 5],
      ]);
      expect(totals.map(({ isBalanced }) => isBalanced)).to.deep.equal([true, true]);
      expect(body.page).to.deep.equal({ limit: 100, nextCursor: null });
    });

    it('has pages of accounts, each with the totals of all', async () => {
      const whole = (await payment.get('/v1/ledger/accounts', admin)).body.data as { accounts: Listed; totals: Listed };
      const seen: Listed = [];
      for (let next: string | undefined = '/v1/ledger/accounts?limit=2'; next !== undefined; ) {
        const { body, headers } = await payment.get(next, admin);
        const { accounts, totals } = body.data as typeof whole;
        expect(accounts).to.have.length.within(1, 2);
        expect(totals).to.deep.equal(whole.totals);
        seen.push(...accounts);
        next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }
      expect(seen).to.deep.equal(whole.accounts);
    });

    it('rejects limits that are not allowed and cursors of other lists', async () => {
      const { body } = await payment.get('/v1/wallets?limit=1', admin);
      const { nextCursor } = body.page as { nextCursor: string };
      for (const query of ['limit=0', 'limit=101', 'cursor=abc', `cursor=${nextCursor}`])
        expect((await payment.get(`/v1/ledger/accounts?${query}`, admin)).status, query).to.equal(422);
    });
  });

  it('has an OpenAPI document', async () => {
    const { body } = await payment.get('/openapi.json');
    expect(Object.keys((body as { paths: object }).paths)).to.have.members([
      '/v1/wallet',
      '/v1/wallet/balance',
      '/v1/wallet/entries',
      '/v1/wallet/holds',
      '/v1/wallet/top-ups',
      '/v1/wallet/top-ups/{id}',
      '/v1/adjustments',
      '/v1/adjustments/{id}/approve',
      '/v1/adjustments/{id}/reject',
      '/v1/wallets/{userId}/adjustments',
      '/v1/wallets/{userId}/freeze',
      '/v1/wallets/{userId}/holds',
      '/v1/wallets/{userId}/limits',
      '/v1/wallets/{userId}/unfreeze',
      '/v1/holds',
      '/v1/holds/{id}',
      '/v1/holds/{id}/capture',
      '/v1/holds/{id}/release',
      '/v1/wallet/statements/{month}',
      '/v1/wallets',
      '/v1/wallets/{userId}',
      '/v1/wallets/{userId}/balance',
      '/v1/wallets/{userId}/entries',
      '/v1/wallets/{userId}/statements/{month}',
      '/v1/payments',
      '/v1/payments/{id}/explanation',
      '/v1/ledger/audit',
      '/v1/ledger/accounts',
      '/v1/payment/audit-log',
      '/v1/payment/dead-letters',
      '/v1/payment/dead-letters/{id}',
      '/v1/payment/dead-letters/{id}/replay',
      '/v1/payment/parked-events',
      '/v1/payment/parked-events/{id}',
      '/v1/payment/parked-events/{id}/replay',
      '/v1/payment/switches',
      '/v1/payment/switches/{name}',
      '/v1/payment/status',
    ]);
  });
});
