import { AppError } from '@florin/app-response';
import { idBytes, newId, queryOne, runTransaction } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { createTestDatabase, eventually, type TestDatabase, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { projectLimits } from '../src/buyer-limits/project-limits.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import type { NewCoupon } from '../src/coupons/coupon-fields.ts';
import { createCoupon } from '../src/coupons/create-coupon.ts';
import { editCoupon } from '../src/coupons/edit-coupon.ts';
import { FIRST, freeLeftRedemptions } from '../src/coupons/free-left-redemptions.ts';
import { freeRedemptions } from '../src/coupons/free-redemptions.ts';
import { couponInvariants } from '../src/coupons/invariants.ts';
import { cancelPurchases } from '../src/purchases/cancel-purchases.ts';
import { requestPurchases } from '../src/purchases/request-purchases.ts';
import { timeOutPurchases } from '../src/purchases/time-out-purchases.ts';
import { findViolations } from './find-violations.ts';

const by = newId();

describe('the coupons of sets of purchases', () => {
  const [alice, bob] = [newId(), newId()];
  let database: TestDatabase;
  let db: Knex;
  let products: string[];
  before(async () => {
    database = await createTestDatabase(migrations);
    ({ db } = database);
    await runTransaction(db, (trx) => projectLimits(trx, [alice, bob].map(walletOpened)));
    const { id: categoryId } = await runTransaction(db, (trx) => createCategory(trx, { name: 'Books' }));
    const books = Array.from({ length: 4 }, (_, index) => ({
      name: `Book ${index}`,
      priceMinor: 1_000,
      stock: 1_000,
      categoryId,
    }));
    products = await runTransaction(db, (trx) => createProducts(trx, books, { currency: 'EUR' }));
  });
  after(() => database.drop());
  afterEach('every invariant holds', async () => {
    expect(await findViolations(db, couponInvariants)).to.deep.equal([]);
  });

  const coupon = async (fields: Partial<NewCoupon>): Promise<{ id: string; code: string }> => {
    const made: NewCoupon = { code: `C-${newId().slice(-12).toUpperCase()}`, kind: 'percent', percent: 10, ...fields };
    return runTransaction(db, (trx) => createCoupon(trx, made, { by }));
  };
  const wish = (couponCode: string | undefined, { who = alice, product = 0, quantity = 1 } = {}) => ({
    userId: who,
    idempotencyKey: newId(),
    items: [{ productId: products[product] ?? '', quantity }],
    couponCode,
  });
  const outcomesOf = (answers: Awaited<ReturnType<typeof requestPurchases>>): string[] =>
    answers.map((answer) => {
      if (!(answer instanceof AppError)) return 'bought';
      const { reason } = answer.extensions;
      return typeof reason === 'string' ? reason : answer.code;
    });
  const request = async (trx: Knex.Transaction, ...wishes: ReturnType<typeof wish>[]): Promise<string[]> =>
    outcomesOf(await requestPurchases(trx, wishes));
  const buy = async (...wishes: ReturnType<typeof wish>[]): Promise<string[]> => {
    const answers = await runTransaction(db, (trx) => requestPurchases(trx, wishes));
    return answers.map((answer) => (answer instanceof AppError ? '' : answer.purchaseId));
  };
  const unfreed = async ({ id }: { id: string }): Promise<number> =>
    (
      await db('coupon_redemptions')
        .where({ coupon_id: idBytes(id) })
        .whereNull('freed_at')
    ).length;

  /** Commits a transaction after the work, and also if the work fails: an open one would keep the database from being dropped. */
  const during = async <T>(trx: Knex.Transaction, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      await trx.commit();
    }
  };
  /** Returns when a connection locks a coupon for update. `untilWaiting` may count a transaction of the test before. */
  const untilLocking = (connection: number): Promise<void> =>
    eventually(async () => {
      const sql = 'SELECT info FROM information_schema.processlist WHERE id = ?';
      const running = await queryOne<{ info: string | null }>(db, sql, [connection]);
      expect(running.info).to.match(/FROM coupons .*FOR UPDATE/);
    });

  it('are redeemed in the order of the set, up to their limits', async () => {
    const { code } = await coupon({ maxRedemptions: 3, maxPerUser: 2 });
    const { code: other } = await coupon({});
    const who = bob;
    const outcomes = await runTransaction(db, (trx) =>
      request(
        trx,
        wish(code),
        wish(code, { quantity: 2_000 }),
        wish(other),
        wish(code),
        wish(code),
        wish(code, { who }),
        wish(code, { who }),
        wish('UNKNOWN-CODE'),
        wish(undefined),
      ),
    );
    expect(outcomes).to.deep.equal([
      ...['bought', 'PRODUCT_OUT_OF_STOCK', 'bought', 'bought', 'USED_UP_BY_USER', 'bought', 'USED_UP', 'UNKNOWN', 'bought'],
    ]);
  });

  it('cost purchases without a coupon no statement', async () => {
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }): void => void statements.push(sql);
    const [id = ''] = await buy(wish(undefined));
    db.on('query', listen);
    await buy(wish(undefined), wish(undefined));
    await runTransaction(db, (trx) => cancelPurchases(trx, [{ purchaseId: id, by: 'buyer' }]));
    db.off('query', listen);
    expect(statements).to.have.length.above(10);
    expect(statements.filter((sql) => /\bcoupons?(_redemptions|_products|_categories)?\b/.test(sql))).to.deep.equal([]);
  });

  for (const limit of ['maxRedemptions', 'maxPerUser'] as const)
    it(`with ${limit} are redeemed once by two transactions at the same time`, async () => {
      const { code } = await coupon({ [limit]: 1 });
      const first = await db.transaction();
      expect(await request(first, wish(code))).to.deep.equal(['bought']);
      const second = await db.transaction();
      const { id } = await queryOne<{ id: number }>(second, 'SELECT CONNECTION_ID() AS id');
      const asked = request(second, wish(code, { product: 1 }));
      await during(first, untilLocking(id));
      const outcomes = await during(second, asked);
      expect(outcomes).to.deep.equal([limit === 'maxPerUser' ? 'USED_UP_BY_USER' : 'USED_UP']);
    });

  it('are not redeemed by a transaction that is rolled back', async () => {
    const made = await coupon({ maxRedemptions: 1 });
    const lost = await db.transaction();
    expect(await request(lost, wish(made.code))).to.deep.equal(['bought']);
    await lost.rollback();
    expect(await unfreed(made)).to.equal(0);
    expect(await runTransaction(db, (trx) => request(trx, wish(made.code)))).to.deep.equal(['bought']);
  });

  it('without a limit do not make transactions wait for each other', async () => {
    const { code } = await coupon({});
    const first = await db.transaction();
    expect(await request(first, wish(code))).to.deep.equal(['bought']);
    const second = runTransaction(db, (trx) => request(trx, wish(code, { product: 1 })));
    expect(await during(first, second)).to.deep.equal(['bought']);
  });

  it('get a limit that counts the redemptions under way', async () => {
    const made = await coupon({});
    const first = await db.transaction();
    expect(await request(first, wish(made.code))).to.deep.equal(['bought']);
    const edit = runTransaction(db, (trx) => editCoupon(trx, { id: made.id, ifMatch: '*', changes: { maxRedemptions: 1 }, by }));
    await during(first, untilWaiting(db, 1));
    expect(await edit).to.include({ redemptions: 1 });
    expect(await runTransaction(db, (trx) => request(trx, wish(made.code)))).to.deep.equal(['USED_UP']);
  });

  it('get a limit between the moment when they are found and the moment when they are locked', async () => {
    const made = await coupon({});
    const edit = await db.transaction();
    await editCoupon(edit, { id: made.id, ifMatch: '*', changes: { maxRedemptions: 1 }, by });
    const buying = [0, 1].map((product) => runTransaction(db, (trx) => request(trx, wish(made.code, { product }))));
    await during(edit, untilWaiting(db, 2));
    expect((await Promise.all(buying)).flat().sort()).to.deep.equal(['USED_UP', 'bought']);
  });

  it('are freed when the purchase times out', async () => {
    const made = await coupon({ maxRedemptions: 1 });
    const [id = ''] = await buy(wish(made.code));
    await db('purchases')
      .where({ id: idBytes(id) })
      .update({ created_at: new Date('2020-01-01') });
    await runTransaction(db, (trx) => timeOutPurchases(trx, { timeoutS: 900, limit: 100 }));
    expect(await unfreed(made)).to.equal(0);
    expect(await runTransaction(db, (trx) => request(trx, wish(made.code)))).to.deep.equal(['bought']);
  });

  it('are freed and redeemed by sets that lock the same coupons and products in opposite orders', async () => {
    const [one, two] = [await coupon({ maxRedemptions: 500 }), await coupon({ maxPerUser: 500 })];
    const both = () => [wish(one.code, { product: 2 }), wish(two.code, { product: 3 })];
    const rounds = await Promise.all(Array.from({ length: 8 }, () => buy(...both(), ...both().reverse())));
    await Promise.all([
      ...rounds.map((ids) =>
        runTransaction(db, (trx) =>
          cancelPurchases(
            trx,
            ids.slice(0, 3).map((purchaseId) => ({ purchaseId, by: 'buyer' as const })),
          ),
        ),
      ),
      ...rounds.map(() => buy(...both().reverse())),
    ]);
    expect((await unfreed(one)) + (await unfreed(two))).to.equal(8 * 4 - 8 * 3 + 8 * 2);
  });

  describe('of purchases that an instance of the release before cancelled', () => {
    /** Cancels as that release does: it knows no coupons. */
    const cancelUnawares = async (ids: readonly string[]): Promise<void> => {
      await db('purchases').whereIn('id', ids.map(idBytes)).update({ status: 'cancelled', refund: 'pending' });
    };
    const sweep = async (limit: number): Promise<number> => {
      let freed = 0;
      for (let after: string | undefined = FIRST; after !== undefined; ) {
        const { last, freed: more } = await runTransaction(db, (trx) =>
          freeLeftRedemptions(trx, { after: String(after), limit }),
        );
        freed += more;
        after = last;
      }
      return freed;
    };

    it('are freed by the job, once, whatever the size of a page', async () => {
      const made = await coupon({ maxRedemptions: 10 });
      const ids = await buy(...Array.from({ length: 6 }, () => wish(made.code)));
      await cancelUnawares(ids.slice(0, 4));
      const sweeps = await Promise.all([sweep(3), sweep(1_000)]);
      expect(sweeps[0] + sweeps[1]).to.equal(4);
      expect(await unfreed(made)).to.equal(2);
      expect(await sweep(2)).to.equal(0);
      expect(
        await db('coupons')
          .where({ id: idBytes(made.id) })
          .first('redemptions'),
      ).to.deep.equal({ redemptions: 2 });
    });

    it('are freed once by two transactions, one after the other', async () => {
      const made = await coupon({ maxRedemptions: 3 });
      const ids = await buy(wish(made.code), wish(made.code));
      await cancelUnawares(ids.slice(0, 1));
      const free = () => runTransaction(db, (trx) => freeRedemptions(trx, ids.slice(0, 1), new Date()));
      expect([await free(), await free()]).to.deep.equal([1, 0]);
      expect(await unfreed(made)).to.equal(1);
    });

    it('are left alone while another transaction changes the purchase', async () => {
      const made = await coupon({ maxPerUser: 1 });
      const ids = await buy(wish(made.code));
      await cancelUnawares(ids);
      const other = await db.transaction();
      await other('purchases').whereIn('id', ids.map(idBytes)).forUpdate().select('id');
      expect(await during(other, sweep(1_000))).to.equal(0);
      expect(await sweep(1_000)).to.equal(1);
    });
  });
});

function walletOpened(userId: string): Event<'wallet-opened'> {
  const wallet = {
    walletId: newId(),
    userId,
    currency: 'EUR',
    spendLimitMinor: 1_000_000,
    status: 'active',
    version: 1,
  } as const;
  return makeEvent('wallet-opened', { sequence: 1, data: { ...wallet, balanceMinor: 1_000_000, availableMinor: 1_000_000 } })
    .event as Event<'wallet-opened'>;
}
