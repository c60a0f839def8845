import { idBytes, newId, runTransaction } from '@florin/database';
import { requestHash, sentHash } from '@florin/http';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { type Bearer, type RunningPayment, startPayment } from './start-payment.ts';

const DEFAULT_TTL_S = 604_800;
const MONTH_AND_A_DAY_S = 31 * 86_400;

type Body = Readonly<Record<string, unknown>>;
type Row = { id: Buffer; request_hash: Buffer; sent_hash: Buffer | null };
type Stored = { userId: string; key: string; sentHash?: Buffer | undefined };

/** An endpoint with idempotency keys, and how its rows are stored. */
type Keyed = {
  /** As in the OpenAPI document. */
  operation: string;
  table: string;
  path(userId: string): string;
  bearer(userId: string): Bearer;
  body: Body;
  /** The same fields in another order. */
  reordered: Body;
  other: Body;
  /** The values of `request_hash`, as the release before lists them. */
  hashed(userId: string): readonly unknown[];
  /** Stores the request as the release before does: without `sent_hash`. */
  store(trx: Knex.Transaction, of: Stored): Promise<unknown>;
  /** A body that an earlier schema accepted and the current one refuses. */
  refusedNow: Body;
  storeRefused(trx: Knex.Transaction, of: Stored): Promise<unknown>;
};

const staff = { id: newId(), roles: ['buyer', 'staff'] };
const admin = { id: newId(), roles: ['buyer', 'admin'] };
const walletOf = ({ userId, key, ...of }: Stored) => ({ ...of, userId, currency: 'EUR', idempotencyKey: key });

const hold = (amountMinor: number, ttlS: number) => (trx: Knex.Transaction, of: Stored) =>
  placeHold(trx, { ...walletOf(of), actorId: staff.id, amountMinor, ttlS });
const topUp = (amountMinor: number) => (trx: Knex.Transaction, of: Stored) =>
  beginTopUp(trx, { ...walletOf(of), amountMinor }, { provider: 'test', leaseMs: 3_600_000 });
const adjustment = (amountMinor: number, reason: string) => (trx: Knex.Transaction, of: Stored) =>
  adjustWallet(trx, { ...walletOf(of), actorId: admin.id, amountMinor, reason });

const keyed: readonly Keyed[] = [
  {
    operation: 'post /v1/wallets/{userId}/holds',
    table: 'holds',
    path: (userId) => `/v1/wallets/${userId}/holds`,
    bearer: () => staff,
    body: { amountMinor: 10 },
    reordered: { amountMinor: 10 },
    other: { amountMinor: 10, ttlSeconds: DEFAULT_TTL_S + 1 },
    hashed: (userId) => [userId, 'EUR', 10, DEFAULT_TTL_S],
    store: hold(10, DEFAULT_TTL_S),
    refusedNow: { amountMinor: 10, ttlSeconds: MONTH_AND_A_DAY_S },
    storeRefused: hold(10, MONTH_AND_A_DAY_S),
  },
  {
    operation: 'post /v1/wallet/top-ups',
    table: 'top_ups',
    path: () => '/v1/wallet/top-ups',
    bearer: (userId) => ({ id: userId }),
    body: { amountMinor: 500 },
    reordered: { amountMinor: 500 },
    other: { amountMinor: 600 },
    hashed: () => ['EUR', 500],
    store: topUp(500),
    refusedNow: { amountMinor: 9_000_000_000_000_000 },
    storeRefused: topUp(9_000_000_000_000_000),
  },
  {
    operation: 'post /v1/wallets/{userId}/adjustments',
    table: 'adjustments',
    path: (userId) => `/v1/wallets/${userId}/adjustments`,
    bearer: () => admin,
    body: { amountMinor: 10, reason: 'a gift' },
    reordered: { reason: 'a gift', amountMinor: 10 },
    other: { amountMinor: 10, reason: 'a Gift' },
    hashed: (userId) => [userId, 'EUR', 10, 'a gift'],
    store: adjustment(10, 'a gift'),
    refusedNow: { amountMinor: 9_000_000_000_000_000, reason: ' a gift\u0007' },
    storeRefused: adjustment(9_000_000_000_000_000, ' a gift\u0007'),
  },
];

describe('idempotency keys', () => {
  let payment: RunningPayment;
  let userId: string;

  before(async () => {
    payment = await startPayment({ WALLET_SWEEP_MS: '3600000' });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    ({ id: userId } = await openWalletOf(payment.db));
  });

  const store = (how: Keyed['store'], of: Omit<Stored, 'userId'>) =>
    runTransaction(payment.db, (trx) => how(trx, { ...of, userId }));
  const rowsOf = (table: string): Promise<Row[]> => payment.db(table).where({ user_id: idBytes(userId) });
  const textOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? ''}`.trim();

  it('are required by the endpoints tested here, and by no other', async () => {
    const { body } = await payment.get('/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, { parameters: { $ref?: string }[] }>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters }]) =>
        parameters.some(({ $ref }) => $ref === '#/components/parameters/Idempotency-Key') ? `${method} ${path}` : [],
      ),
    );
    expect(operations).to.have.members(keyed.map(({ operation }) => operation));
  });

  for (const one of keyed) {
    describe(one.operation, () => {
      const sendTo = (to: Pick<RunningPayment, 'send'>, body: Body, key?: string, query = '') =>
        to.send('POST', `${one.path(userId)}${query}`, { bearer: one.bearer(userId), body, ...(key !== undefined && { key }) });
      const send = (body: Body, key?: string, query?: string) => sendTo(payment, body, key, query);

      it('requires authentication, then a key, before it reads the body', async () => {
        const path = one.path(userId);
        expect(textOf(await payment.send('POST', path, { body: one.body, key: 'k' }))).to.equal('401 UNAUTHENTICATED');
        for (const key of [undefined, '', 'a b', 'x'.repeat(256)])
          expect(textOf(await send({}, key))).to.equal('400 IDEMPOTENCY_KEY_REQUIRED');
        expect(textOf(await send({}, newId()))).to.equal('422 VALIDATION_FAILED');
      });

      it('replays the same request with its fields in any order, and refuses another', async () => {
        const key = newId();
        const first = await send(one.body, key);
        expect(first.status).to.equal(201);
        expect(first.headers.get('idempotent-replayed')).to.equal(null);
        for (const body of [one.body, one.reordered]) {
          const again = await send(body, key);
          expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
          expect(again.body).to.deep.equal(first.body);
          expect(again.headers.get('location')).to.equal(first.headers.get('location'));
        }
        expect(textOf(await send(one.other, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        expect(textOf(await send(one.body, key, '?currency=USD'))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        expect(textOf(await send({ amountMinor: -1 }, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        expect(await rowsOf(one.table)).to.have.length(1);
      });

      it('stores the hash that the release before compares', async () => {
        await send(one.body, newId());
        const [row] = await rowsOf(one.table);
        expect(row?.request_hash).to.deep.equal(requestHash(one.hashed(userId)));
        expect(row?.sent_hash).to.have.length(32);
      });

      it('takes effect once under concurrent requests', async () => {
        const key = newId();
        const answers = await Promise.all(Array.from({ length: 12 }, () => send(one.body, key)));
        expect(answers.map(({ status }) => status)).to.have.members([201, ...Array.from({ length: 11 }, () => 200)]);
        expect(await rowsOf(one.table)).to.have.length(1);
      });

      it('replays requests that the release before stored', async () => {
        const key = newId();
        await store(one.store, { key });
        const [row] = await rowsOf(one.table);
        expect([row?.sent_hash, row?.request_hash]).to.deep.equal([null, requestHash(one.hashed(userId))]);
        for (const query of ['', '?currency=EUR', '?currency=eur'])
          expect((await send(one.body, key, query)).status).to.equal(200);
        for (const body of [one.other, { ...one.body, amountMinor: 11 }, {}])
          expect(textOf(await send(body, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        expect(textOf(await send(one.body, key, '?currency=USD'))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
      });

      for (const isOfReleaseBefore of [true, false]) {
        it(`replays what the release ${isOfReleaseBefore ? 'before' : 'of now'} took and refuses today`, async () => {
          const key = newId();
          const params = one.operation.includes('{') ? { userId } : {};
          const path = one.operation.slice('post '.length).replace('{userId}', ':userId');
          const hash = sentHash(path, { params, query: {}, body: one.refusedNow });
          await store(one.storeRefused, { key, sentHash: isOfReleaseBefore ? undefined : hash });
          const { status, headers } = await send(one.refusedNow, key);
          expect([status, headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
          expect(textOf(await send({ ...one.refusedNow, amountMinor: 1 }, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        });
      }

      it('replays after a restart with other settings', async () => {
        const [ofBefore, ofThis] = [newId(), newId()];
        await store(one.store, { key: ofBefore });
        await send(one.body, ofThis);
        const settings = { HOLD_TTL_S: '60', FLORIN_CURRENCY: 'USD', TOP_UP_PROVIDER: 'none' };
        const restarted = await payment.startBeside(settings);
        try {
          for (const key of [ofBefore, ofThis]) {
            expect(textOf(await sendTo(restarted, one.body, key))).to.equal('200');
            expect(textOf(await sendTo(restarted, one.other, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
          }
        } finally {
          await restarted.stop();
        }
      });

      it('replays whatever has happened to the wallet', async () => {
        const key = newId();
        await send(one.body, key);
        await payment
          .db('wallets')
          .where({ user_id: idBytes(userId) })
          .update({ status: 'frozen' });
        expect((await send(one.body, key)).status).to.equal(200);
      });

      it('keeps the keys of two users apart', async () => {
        const [key, bob] = [newId(), await openWalletOf(payment.db)];
        const isOwners = one.bearer(userId).id === userId;
        const second = isOwners ? bob : { id: newId(), roles: ['buyer', 'admin'] };
        const request = { body: one.body, key };
        for (const bearer of [one.bearer(userId), second])
          expect((await payment.send('POST', one.path(userId), { ...request, bearer })).status).to.equal(201);
        expect(await rowsOf(one.table)).to.have.length(isOwners ? 1 : 2);
      });
    });
  }
});
