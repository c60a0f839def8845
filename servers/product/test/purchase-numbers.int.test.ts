import { idBytes, newId, runTransaction } from '@florin/database';
import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { isNumberTaken, numberPurchases } from '../src/purchases/number-purchases.ts';
import type { PurchaseAnswer } from '../src/purchases/purchase-request.ts';
import { isKeyTaken, requestPurchases } from '../src/purchases/request-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const TIMEOUT_S = 600;

describe('the numbers of purchases', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let productId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ PURCHASE_TIMEOUT_S: String(TIMEOUT_S) });
    alice = await platform.buyer();
    productId = (await platform.product({ stock: 1_000 })).id;
  });
  after(() => platform.stop());

  const bought = async (who = alice): Promise<{ id: string; number: string }> =>
    (await platform.buy(who, [{ productId, quantity: 1 }])).body.data;
  const numbersOf = async (ids: readonly string[]): Promise<(string | null)[]> =>
    platform.database.db('purchases').whereIn('id', ids.map(idBytes)).orderBy('id').pluck('number');
  const list = (who: Person, query: string) => platform.call('GET', `/v1/purchases?${query}`, { token: who.token });

  it('are in the answer, in later answers and in the replay, and in no event', async () => {
    const key = newId();
    const first = (await platform.buy(alice, [{ productId, quantity: 1 }], key)).body.data;
    expect(first.number).to.match(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect((await platform.buy(alice, [{ productId, quantity: 1 }], key)).body.data).to.include({ number: first.number });
    expect(await platform.purchase(alice, first.id)).to.include({ number: first.number });
    await eventually(() => expect(platform.published(first.id)).to.have.length(1));
    expect(JSON.stringify(platform.published(first.id))).to.not.include(first.number);
  });

  it('come with expiresAt until the purchase is decided, and with payment by wallet only', async () => {
    const send = (payment: unknown) =>
      platform.call('POST', '/v1/purchases', {
        token: alice.token,
        body: { items: [{ productId, quantity: 1 }], payment },
        headers: { 'idempotency-key': newId() },
      });
    for (const payment of [{ method: 'card' }, { method: 'Wallet' }, {}, { method: 'wallet', card: '1' }, 'wallet', null])
      expect((await send(payment)).status, JSON.stringify(payment)).to.equal(422);
    const { status, body } = await send({ method: 'wallet' });
    expect(status).to.equal(202);
    const { id, createdAt, expiresAt } = body.data;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).to.equal(TIMEOUT_S * 1000);
    expect(await platform.purchase(alice, id)).to.include({ expiresAt });
    expect((await list(alice, '')).body.data[0]).to.include({ id, expiresAt });
    await platform.say('purchase-paid', { purchaseId: id, userId: alice.id, amountMinor: 1_500, transferId: newId() });
    await platform.becomes(alice, id, { status: 'paid' });
    expect(await platform.purchase(alice, id)).to.not.have.property('expiresAt');
  });

  it('find the purchase as somebody types them: the owner and staff, and nobody else', async () => {
    const { id } = await bought();
    const number = `0011${newId().slice(-4).toUpperCase()}`;
    await platform.database
      .db('purchases')
      .where({ id: idBytes(id) })
      .update({ number });
    for (const typed of [
      number,
      number.toLowerCase(),
      `Oo1${number.slice(3)}`,
      `0oI${number.slice(3)}`,
      `0oil${number.slice(4)}`,
    ])
      for (const who of [alice, platform.staff]) {
        const { body } = await list(who, `number=${typed}`);
        expect(
          body.data.map((one: { id: string }) => one.id),
          typed,
        ).to.deep.equal([id]);
      }
    expect((await list(platform.stranger(), `number=${number}`)).body.data).to.deep.equal([]);
    expect((await list(platform.staff, `number=${number}&status=paid`)).body.data).to.deep.equal([]);
    expect((await list(platform.staff, `number=${number}&status=requested&userId=${alice.id}`)).body.data).to.have.length(1);
    expect((await platform.call('GET', `/v1/purchases?number=${number}`)).status).to.equal(401);
    for (const bad of ['', '0123ABCU', '0123ABC', '0123ABCDE', '%25%25%25%25%25%25%25%25'])
      expect((await list(alice, `number=${bad}`)).status, bad).to.equal(422);
  });

  it('differ: a set with a number that is taken is accepted with others', async () => {
    const { id } = await bought();
    await platform.database
      .db('purchases')
      .where({ id: idBytes(id) })
      .update({ number: '00000000' });
    const requests = ['one', 'two', 'three'].map((idempotencyKey) => ({
      idempotencyKey: `${idempotencyKey} ${newId()}`,
      userId: alice.id,
      items: [{ productId, quantity: 1 }],
    }));
    const { db } = platform.database;
    const answers = await withTaken(db, { change: 'INSERT', number: '00000000' }, () =>
      runTransaction(db, (trx) => requestPurchases(trx, requests), isKeyTaken),
    );
    const numbers = await numbersOf(answers.map((answer) => (answer as PurchaseAnswer).purchaseId));
    expect(new Set(numbers).size).to.equal(3);
    expect(numbers).to.not.include('00000000');
  });

  it('are given to a purchase that the release before accepts', async () => {
    const id = newId();
    await insertWithout(platform.database.db, [id], alice.id);
    await eventually(async () => expect((await platform.purchase(alice, id))['number']).to.match(/^[0-9A-HJKMNP-TV-Z]{8}$/));
  });
});

describe('numberPurchases', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('gives purchases without a number one, and tries others if one is taken', async () => {
    const { db } = database;
    const ids = Array.from({ length: 450 }, newId);
    await insertWithout(db, ids, newId());
    const rows = (columns: string[]) => db('purchases').orderBy('id').select(columns);
    const before = await rows(['id', 'version', 'updated_at', 'status']);
    await db('purchases').orderBy('id').limit(1).update({ number: '11111111' });
    const round = () => runTransaction(db, numberPurchases, isNumberTaken);
    const [first, others] = await withTaken(db, { change: 'UPDATE', number: '11111111' }, async () => [
      await round(),
      await Promise.all([round(), round()]),
    ]);
    expect(first).to.equal(true);
    expect(others).to.include(false);
    await round();
    const numbers = (await rows(['number'])).map(({ number }) => number as string);
    expect(new Set(numbers).size, 'each its own').to.equal(ids.length);
    for (const number of numbers) expect(number).to.match(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(await rows(['id', 'version', 'updated_at', 'status'])).to.deep.equal(before);
    expect(await round()).to.equal(false);
    expect((await rows(['number'])).map(({ number }) => number as string)).to.deep.equal(numbers);
  });
});

/** As the release before inserts purchases. */
async function insertWithout(db: Knex, ids: readonly string[], userId: string): Promise<void> {
  for (const id of ids)
    await db.raw(
      `INSERT INTO purchases (id, user_id, status, total_minor, currency, idempotency_key, request_hash, created_at, updated_at)
       VALUES (?, ?, 'requested', 0, 'EUR', ?, ?, NOW(3), NOW(3))`,
      [idBytes(id), idBytes(userId), Buffer.from(id), Buffer.alloc(32)],
    );
}

/** The first purchase that each connection writes gets a number that is taken. */
async function withTaken<T>(
  db: Knex,
  { change, number }: { change: 'INSERT' | 'UPDATE'; number: string },
  work: () => Promise<T>,
): Promise<T> {
  await db.raw(`CREATE TRIGGER takes_number BEFORE ${change} ON purchases FOR EACH ROW
    IF @number_taken IS NULL THEN SET @number_taken = 1; SET NEW.number = '${number}'; END IF`);
  try {
    return await work();
  } finally {
    await db.raw('DROP TRIGGER takes_number');
  }
}
