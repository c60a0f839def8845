import { AppError } from '@florin/app-response';
import { createTransact, newId, runTransaction, type Transact } from '@florin/database';
import { type Event, newTraceparent, readTraceparent } from '@florin/events';
import { runInContext } from '@florin/runtime';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { projectLimits } from '../src/buyer-limits/project-limits.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import { createPurchaseAcceptor } from '../src/purchases/accept-purchases.ts';

describe('createPurchaseAcceptor', () => {
  const alice = newId();
  let database: TestDatabase;
  let productId: string;
  let transactions: number;
  let transact: Transact;

  before(async () => {
    database = await createTestDatabase(migrations);
    await runTransaction(database.db, (trx) => projectLimits(trx, [walletOpened(alice)]));
  });
  after(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    const { id: categoryId } = await runTransaction(db, (trx) => createCategory(trx, { name: `Books ${newId()}` }));
    const book = { name: 'Book', priceMinor: 100, stock: 10, categoryId };
    [productId = ''] = await runTransaction(db, (trx) => createProducts(trx, [book], { currency: 'EUR' }));
    transactions = 0;
    const plain = createTransact(db);
    transact = (work, isRetriable) => {
      transactions++;
      return plain(work, isRetriable);
    };
  });

  const request = (quantity = 1, idempotencyKey = newId()) => ({
    userId: alice,
    idempotencyKey,
    items: [{ productId, quantity }],
  });
  const outcomeOf = (answer: PromiseSettledResult<unknown>): string =>
    answer.status === 'fulfilled' ? 'taken' : answer.reason instanceof AppError ? answer.reason.code : 'failed';
  const stock = async (): Promise<number> => {
    const rows: { stock: number }[] = await database.db('products').where({ name: 'Book' }).orderBy('id', 'desc').limit(1);
    return rows[0]?.stock ?? -1;
  };

  it('accepts concurrent requests in one transaction, each with its own answer', async () => {
    const { accept } = createPurchaseAcceptor({ transact, batchSize: 256, maxWaiting: 1_000 });
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => accept(request())));
    const outcomes = answers.map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome === 'taken')).to.have.length(10);
    expect(outcomes.filter((outcome) => outcome === 'PRODUCT_OUT_OF_STOCK')).to.have.length(30);
    expect(await stock()).to.equal(0);
    expect(transactions).to.equal(1);
  });

  it('gives each event the trace of its own request, in a batch too', async () => {
    const { accept } = createPurchaseAcceptor({ transact, batchSize: 256, maxWaiting: 1_000 });
    await database.db('outbox').delete();
    const traceparents = [newTraceparent(), newTraceparent(), undefined, undefined];
    const answers = await Promise.all(
      traceparents.map((traceparent) =>
        runInContext({ requestId: 'r', ...(traceparent !== undefined && { traceparent }) }, () => accept(request())),
      ),
    );
    const rows: { payload: string }[] = await database.db('outbox').select('payload');
    const events = rows.map(({ payload }) => JSON.parse(payload) as Event);
    const found = answers.map(({ purchaseId }) => events.find(({ subject }) => subject === purchaseId)?.traceparent);
    expect(transactions).to.equal(1);
    expect(found.slice(0, 2)).to.deep.equal(traceparents.slice(0, 2));
    expect(new Set(found)).to.have.property('size', 4);
    for (const one of found) expect(readTraceparent(one)).to.equal(one);
  });

  it('accepts at most batchSize purchases in one transaction', async () => {
    const { accept } = createPurchaseAcceptor({ transact, batchSize: 2, maxWaiting: 1_000 });
    await Promise.allSettled(Array.from({ length: 8 }, () => accept(request())));
    expect(transactions).to.equal(4);
  });

  it('answers a repeated key in one batch with one purchase', async () => {
    const { accept } = createPurchaseAcceptor({ transact, batchSize: 256, maxWaiting: 1_000 });
    const twice = request();
    const answers = await Promise.all([request(), request(), twice, twice].map(accept));
    expect(answers[3]).to.include({ isReplay: true, purchaseId: answers[2]?.purchaseId });
    expect(await stock()).to.equal(7);
  });

  it('rejects only the purchase whose data cannot be written', async () => {
    const { accept } = createPurchaseAcceptor({ transact, batchSize: 256, maxWaiting: 1_000 });
    const requests = [request(), request(), request(), request(1, 'k'.repeat(300)), request()];
    const outcomes = (await Promise.allSettled(requests.map(accept))).map(outcomeOf);
    expect(outcomes).to.deep.equal(['taken', 'taken', 'taken', 'failed', 'taken']);
    expect(await stock()).to.equal(6);
  });

  it('rejects purchases beyond maxWaiting at once, with Retry-After, and accepts purchases again afterwards', async () => {
    const { accept, shedLoad } = createPurchaseAcceptor({ transact, batchSize: 256, maxWaiting: 3 });
    shedLoad();
    const asked = Promise.allSettled(Array.from({ length: 5 }, () => accept(request())));
    expect(shedLoad).to.throw(AppError, 'Too many purchases are waiting.');
    const answers = await asked;
    shedLoad();
    expect(answers.map(outcomeOf)).to.deep.equal(['taken', 'taken', 'taken', 'UNAVAILABLE', 'UNAVAILABLE']);
    const refusal = answers.at(-1) as PromiseRejectedResult;
    expect((refusal.reason as AppError).headers).to.deep.equal({ 'Retry-After': '1' });
    expect(await accept(request())).to.include({ isReplay: false });
  });

  it('rejects a whole batch while the database is unavailable, and accepts the next', async () => {
    let isAway = true;
    const flaky: Transact = (work, isRetriable) =>
      isAway ? Promise.reject(new Error('connection lost')) : transact(work, isRetriable);
    const { accept } = createPurchaseAcceptor({ transact: flaky, batchSize: 256, maxWaiting: 1_000 });
    const outcomes = (await Promise.allSettled(Array.from({ length: 5 }, () => accept(request())))).map(outcomeOf);
    expect(outcomes).to.deep.equal(Array.from({ length: 5 }, () => 'failed'));
    isAway = false;
    expect(await accept(request())).to.include({ isReplay: false });
    expect(await stock()).to.equal(9);
  });
});

function walletOpened(userId: string): Event<'wallet-opened'> {
  const data = { walletId: newId(), userId, currency: 'EUR', balanceMinor: 1, availableMinor: 1, spendLimitMinor: 1 };
  return { data: { ...data, status: 'active', version: 1 } } as unknown as Event<'wallet-opened'>;
}
