import { idBytes, newId } from '@florin/database';
import { eventually, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { postAt } from './post-at.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

type Listed = Record<string, unknown>[];

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };
const day = 86_400_000;

describe('a wallet over time', () => {
  let payment: RunningPayment;
  const alice = { id: newId() };
  const bob = { id: newId() };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  const later = (ms: number) => new Date(Date.now() + ms).toISOString();

  const buyAt = (time: string, ...amounts: number[]) =>
    postAt(payment.db, time, (trx) =>
      payPurchases(
        trx,
        amounts.map((totalMinor) => requested({ userId: alice.id, totalMinor })),
      ),
    );

  before(async () => {
    payment = await startPayment();
    await postAt(payment.db, '2024-02-10T10:00:00.000Z', (trx) => openWallets(trx, [registered(alice.id)], terms));
    await postAt(payment.db, '2024-02-10T10:00:00.000Z', (trx) =>
      openWallets(trx, [registered(alice.id)], { ...terms, currency: 'USD', openingCreditMinor: 0 }),
    );
    await buyAt('2024-02-29T23:59:59.999Z', 100);
    await buyAt('2024-03-01T00:00:00.000Z', 50, 30);
    await postAt(payment.db, '2024-12-31T23:59:59.999Z', async (trx) => {
      const undone = requested({ userId: alice.id, totalMinor: 20 });
      await payPurchases(trx, [undone]);
      await refundPurchases(trx, [cancelled(undone.data)], terms);
    });
    await buyAt('2025-01-01T00:00:00.000Z', 5);
    await payment.db.transaction((trx) => openWallets(trx, [registered(bob.id)], terms));
  });
  after(() => payment.stop());

  describe('GET /v1/wallet?at=', () => {
    const at = async (time: string, bearer = alice) => payment.get(`/v1/wallet?at=${time}`, bearer);
    const known: [time: string, balanceMinor: number, sequence: number][] = [
      ['2024-02-10T10:00:00.000Z', 1000, 1],
      ['2024-02-29', 1000, 1],
      ['2024-02-29T23:59:59.998Z', 1000, 1],
      ['2024-02-29T23:59:59.999Z', 900, 2],
      ['2024-03-01', 820, 4],
      ['2024-03-01T01:00:00.000%2B01:00', 820, 4],
      ['2024-12-31T23:59:59.998Z', 820, 4],
      ['2024-12-31T23:59:59.999Z', 820, 6],
      ['2025-01-01T00:00:00.000Z', 815, 7],
      ['2026-11-01', 815, 7],
    ];
    for (const [time, balanceMinor, sequence] of known) {
      it(`${time} gives ${balanceMinor}`, async () => {
        const { status, body } = await at(time);
        expect(status).to.equal(200);
        expect(body.data).to.include({ userId: alice.id, currency: 'EUR', balanceMinor, sequence });
        expect(body.data).to.have.all.keys('id', 'userId', 'currency', 'at', 'balanceMinor', 'sequence', 'isFinal');
        expect(body.data).to.include({ isFinal: true });
      });
    }

    it('gives 0 while a wallet had no entry', async () => {
      const { body } = await payment.get('/v1/wallet?at=2024-03-01&currency=USD', alice);
      expect(body.data).to.include({ currency: 'USD', balanceMinor: 0, sequence: 0 });
    });

    it('has the same answer as /balance, for the owner and for staff', async () => {
      for (const time of ['2024-03-01', '2024-03-01T00:00:00.000Z', '2024-12-31T12:00:00+01:00']) {
        const query = `at=${encodeURIComponent(time)}`;
        const { body } = await payment.get(`/v1/wallet?${query}`, alice);
        expect((await payment.get(`/v1/wallet/balance?${query}`, alice)).body).to.deep.equal(body);
        expect((await payment.get(`/v1/wallets/${alice.id}/balance?${query}`, staff)).body).to.deep.equal(body);
      }
      expect((await payment.get(`/v1/wallets/${alice.id}/balance?at=2024-03-01`, bob)).status).to.equal(403);
      expect((await payment.get('/v1/wallet/balance', alice)).status).to.equal(422);
    });

    it('gives the current balance', async () => {
      expect((await at(later(0))).body.data).to.include({ balanceMinor: 815 });
    });

    it('is 404 before the wallet was opened', async () => {
      for (const time of ['2024-02-10T09:59:59.999Z', '1970-01-01', '0001-01-01']) {
        const { status, body } = await at(time);
        expect([status, body.code]).to.deep.equal([404, 'NOT_FOUND']);
      }
      const { status, body } = await at('2024-03-01', { id: newId() });
      expect([status, body.code]).to.deep.equal([404, 'WALLET_NOT_FOUND']);
    });

    it('refuses future times', async () => {
      for (const time of [later(5_000), '9999-12-31', '%2B012345-01-01T00:00:00Z', 'yesterday', '2023-02-29T25:00:00Z', '']) {
        const { status, body } = await at(time);
        expect([time, status, body.code]).to.deep.equal([time, 422, 'VALIDATION_FAILED']);
      }
    });

    it('waits for transactions whose entries are booked and not committed', async () => {
      const posting = await payment.db.transaction();
      const request = requested({ userId: bob.id, totalMinor: 100 });
      await payPurchases(posting, [request]);
      const [[booked]] = (await posting.raw('SELECT NOW(3) AS at')) as [[{ at: Date }]];
      const time = new Date(booked.at.getTime() + 5).toISOString();
      await eventually(() => expect(Date.now()).to.be.greaterThan(booked.at.getTime() + 10));
      const asked = at(time, bob);
      await untilWaiting(payment.db, 1);
      await posting.commit();
      expect((await asked).body.data).to.include({ balanceMinor: 900, sequence: 2 });
    });

    it('is for the owner and staff only', async () => {
      const path = `/v1/wallets/${alice.id}?at=2024-03-01`;
      expect((await payment.get(path, staff)).body.data).to.include({ balanceMinor: 820 });
      expect((await payment.get(path, alice)).status).to.equal(403);
      expect((await payment.get(path)).status).to.equal(401);
    });
  });

  describe('the clock of the database', () => {
    it("may go back; a wallet's entries do not", async () => {
      const carol = newId();
      const post = (time: string, totalMinor: number) =>
        postAt(payment.db, time, (trx) => payPurchases(trx, [requested({ userId: carol, totalMinor })]));
      await postAt(payment.db, '2025-05-05T10:00:00.000Z', (trx) => openWallets(trx, [registered(carol)], terms));
      await post('2025-05-05T11:00:00.000Z', 1);
      await post('2025-05-05T09:00:00.000Z', 2);
      await post('2025-05-05T12:00:00.000Z', 3);
      const balances = await Promise.all(
        ['10:59', '11:00', '11:59', '12:00'].map(async (time) => {
          const { body } = await payment.get(`/v1/wallet?at=2025-05-05T${time}:00Z`, { id: carol });
          return (body.data as { balanceMinor: number }).balanceMinor;
        }),
      );
      expect(balances).to.deep.equal([1000, 997, 997, 994]);
    });
  });

  describe('entries', () => {
    const sequences = async (query: string) => {
      const { status, body } = await payment.get(`/v1/wallet/entries?${query}`, alice);
      expect(status).to.equal(200);
      return (body.data as Listed).map(({ sequence }) => sequence);
    };

    it('are filtered by time: from inclusive, to exclusive', async () => {
      expect(await sequences('from=2024-02-29T23:59:59.999Z&to=2024-03-01')).to.deep.equal([2]);
      expect(await sequences('from=2024-03-01&to=2025-01-01')).to.deep.equal([6, 5, 4, 3]);
      expect(await sequences('to=2024-02-10T10:00:00.000Z')).to.deep.equal([]);
      expect(await sequences('from=0001-01-01&to=9999-12-31')).to.have.length(7);
      const backwards = await payment.get('/v1/wallet/entries?from=2025-01-01&to=2024-01-01', alice);
      expect([backwards.status, backwards.body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
    });

    it('are filtered by type and time together, page by page', async () => {
      const query = 'type=purchase&from=2024-03-01&limit=2';
      const first = await payment.get(`/v1/wallet/entries?${query}`, alice);
      const { nextCursor } = first.body.page as { nextCursor: string };
      expect((first.body.data as Listed).map(({ sequence }) => sequence)).to.deep.equal([7, 5]);
      expect(await sequences(`${query}&cursor=${nextCursor}`)).to.deep.equal([4, 3]);
    });

    it('of another user are for staff', async () => {
      const path = `/v1/wallets/${alice.id}/entries`;
      expect((await payment.get(`${path}?type=refund`, staff)).body.data).to.have.length(1);
      expect((await payment.get(path, alice)).status).to.equal(403);
      expect((await payment.get(path)).status).to.equal(401);
      expect((await payment.get(`/v1/wallets/${newId()}/entries`, staff)).body).to.include({ code: 'WALLET_NOT_FOUND' });
      expect((await payment.get('/v1/wallets/nobody/entries', staff)).status).to.equal(404);
      expect((await payment.get(`${path}?type=theft`, staff)).status).to.equal(422);
    });
  });

  describe('GET /v1/wallet/statements/:month', () => {
    const csv = async (month: string) => (await payment.read(`/v1/wallet/statements/${month}?format=csv`, alice)).text;
    const balancesOf = (text: string) =>
      text
        .trimEnd()
        .split('\r\n')
        .filter((row) => row.includes('-balance'))
        .map((row) => row.split(',')[4]);

    it('requires authentication', async () => {
      expect((await payment.get('/v1/wallet/statements/2024-02')).status).to.equal(401);
      expect((await payment.get(`/v1/wallets/${alice.id}/statements/2024-02`)).status).to.equal(401);
    });

    it('is a CSV file with the opening and closing balance', async () => {
      const { status, headers, text } = await payment.read('/v1/wallet/statements/2024-03', alice);
      expect(status).to.equal(200);
      expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
      expect(headers.get('content-disposition')).to.equal('attachment; filename="statement-2024-03-EUR.csv"');
      const rows = text.split('\r\n');
      expect(rows[0]).to.equal(
        'sequence,booked_at,type,amount_minor,balance_after_minor,currency,purchase_id,transfer_id,' +
          'amount,balance_after,source_type,source_id,reason',
      );
      expect(rows[1]).to.equal(',2024-03-01T00:00:00.000Z,opening-balance,,900,EUR,,,,9.00,,,');
      expect(rows[2]).to.match(
        /^3,2024-03-01T00:00:00.000Z,purchase,-50,850,EUR,([0-9a-f-]{36}),[0-9a-f-]{36},-0.50,8.50,purchase,\1,$/,
      );
      expect(rows[3]).to.match(/^4,2024-03-01T00:00:00.000Z,purchase,-30,820,EUR,/);
      expect(rows[4]).to.equal(',2024-04-01T00:00:00.000Z,closing-balance,,820,EUR,,,,8.20,,,');
      expect(rows.slice(5)).to.deep.equal(['']);
    });

    it('is an HTML page if Accept prefers it', async () => {
      const { headers, text } = await payment.read('/v1/wallet/statements/2024-12', alice, { accept: 'text/html,*/*;q=0.8' });
      expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).to.match(/^default-src 'none'; style-src 'sha256-/);
      expect(text).to.include('<h1>Statement 2024-12</h1>').and.include(alice.id);
      expect(text.replaceAll('\u00a0', ' ')).to.include('>-EUR 0.20<').and.include('>EUR 8.20<');
      expect(text.match(/<tr>/g)).to.have.length(5);
      expect(text.trimEnd()).to.match(/<\/html>$/);
      const asked = await payment.read('/v1/wallet/statements/2024-12?format=csv', alice, { accept: 'text/html' });
      expect(asked.headers.get('content-type')).to.match(/^text\/csv/);
    });

    it('begins with the closing balance of the month before, and agrees with ?at=', async () => {
      const months = ['2024-02', '2024-03', '2024-04', '2024-12', '2025-01'];
      const balances = await Promise.all(months.map(async (month) => balancesOf(await csv(month))));
      expect(balances).to.deep.equal([
        ['0', '900'],
        ['900', '820'],
        ['820', '820'],
        ['820', '820'],
        ['820', '815'],
      ]);
      for (const [index, end] of ['2024-03-01', '2024-04-01', '2024-05-01', '2025-01-01', '2025-02-01'].entries()) {
        const last = new Date(Date.parse(end) - 1).toISOString();
        const { body } = await payment.get(`/v1/wallet?at=${last}`, alice);
        expect(String((body.data as { balanceMinor: number }).balanceMinor)).to.equal(balances[index]?.[1]);
      }
    });

    it('may be of the current month, and shows its end', async () => {
      const month = new Date().toISOString().slice(0, 7);
      const { text } = await payment.read(`/v1/wallet/statements/${month}?format=html`, alice);
      expect(text).to.include('the month is not over');
      expect(balancesOf(await csv(month))).to.deep.equal(['815', '815']);
    });

    it('is 404 before the wallet was opened and for future months, and refuses other months', async () => {
      const next = new Date(Date.now() + 32 * day).toISOString().slice(0, 7);
      for (const month of ['2024-01', '0000-01', next, '9999-12', '2024-13', '2024-00', '2024-1', '2024', 'november']) {
        const { status, body } = await payment.get(`/v1/wallet/statements/${month}`, alice);
        expect([month, status, body.code]).to.deep.equal([month, 404, 'NOT_FOUND']);
      }
    });

    it('refuses another format or parameter', async () => {
      for (const query of ['format=pdf', 'colour=red', 'currency=EURO']) {
        expect((await payment.get(`/v1/wallet/statements/2024-02?${query}`, alice)).status).to.equal(422);
      }
    });

    it('of another user is for staff', async () => {
      const path = `/v1/wallets/${alice.id}/statements/2024-03?format=csv`;
      expect((await payment.read(path, staff)).text).to.equal(await csv('2024-03'));
      expect((await payment.get(path, bob)).status).to.equal(403);
      expect((await payment.get(`/v1/wallets/${newId()}/statements/2024-03`, staff)).body).to.include({
        code: 'WALLET_NOT_FOUND',
      });
    });

    it('has no entry later than its end, also if the wallet was locked', async () => {
      const erin = { id: newId() };
      await payment.db.transaction((trx) => openWallets(trx, [registered(erin.id)], terms));
      const month = new Date().toISOString().slice(0, 7);
      const posting = await payment.db.transaction();
      await posting.raw('SELECT id FROM wallets WHERE user_id = ? FOR UPDATE', [idBytes(erin.id)]);
      const reading = payment.read(`/v1/wallet/statements/${month}?format=csv`, erin);
      await untilWaiting(payment.db, 1);
      await payPurchases(posting, [requested({ userId: erin.id, totalMinor: 1 })]);
      await posting.commit();
      const times = (await reading).text
        .trimEnd()
        .split('\r\n')
        .slice(2)
        .map((row) => String(row.split(',')[1]));
      expect(times).to.have.length(3);
      expect(times).to.deep.equal(times.toSorted());
    });

    it('is complete when it is long, as of the time of the request', async () => {
      const dave = { id: newId() };
      await payment.db.transaction(async (trx) => {
        await openWallets(trx, [registered(dave.id)], { ...terms, openingCreditMinor: 100_000 });
        await payPurchases(
          trx,
          Array.from({ length: 1200 }, () => requested({ userId: dave.id, totalMinor: 1 })),
        );
      });
      const month = new Date().toISOString().slice(0, 7);
      const { text } = await payment.read(`/v1/wallet/statements/${month}?format=csv`, dave);
      const rows = text.trimEnd().split('\r\n').slice(2, -1);
      expect(rows.map((row) => Number(row.split(',')[0]))).to.deep.equal(Array.from({ length: 1201 }, (_, index) => index + 1));
    });
  });

  describe('GET /v1/wallets', () => {
    const list = async (query: string) => (await payment.get(`/v1/wallets?${query}`, staff)).body.data as Listed;

    it('is for staff', async () => {
      for (const path of ['/v1/wallets', `/v1/wallets/${alice.id}`]) {
        expect((await payment.get(path)).status).to.equal(401);
        expect((await payment.get(path, alice)).body).to.include({ code: 'FORBIDDEN' });
        expect((await payment.get(path, staff)).status).to.equal(200);
      }
      expect((await payment.get(`/v1/wallets/${newId()}`, staff)).body).to.include({ code: 'WALLET_NOT_FOUND' });
      expect((await payment.get('/v1/wallets/me', staff)).status).to.equal(404);
    });

    it('has filters and pages', async () => {
      const frozen = newId();
      await payment.db.transaction((trx) => openWallets(trx, [registered(frozen)], terms));
      await payment.db('wallets').where('user_id', idBytes(frozen)).update({ status: 'frozen' });
      expect((await list('status=frozen')).map(({ userId }) => userId)).to.deep.equal([frozen]);
      expect((await list(`userId=${alice.id}`)).map(({ currency }) => currency)).to.have.members(['EUR', 'USD']);
      expect((await list('currency=usd')).map(({ userId }) => userId)).to.deep.equal([alice.id]);
      expect((await payment.get('/v1/wallets?status=lost', staff)).status).to.equal(422);

      const seen: unknown[] = [];
      let path: string | undefined = '/v1/wallets?limit=2&currency=EUR';
      while (path !== undefined) {
        const { body, headers } = await payment.get(path, staff);
        seen.push(...(body.data as Listed).map(({ id }) => id));
        path = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }
      const all = (await list('limit=100&currency=EUR')).map(({ id }) => id);
      expect(seen).to.deep.equal(all);
    });
  });
});
