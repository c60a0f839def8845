import { idBytes, newId } from '@florin/database';
import { type Answer, eventually } from '@florin/testing';
import { expect } from 'chai';
import { deleteOldCarts } from '../src/carts/delete-old-carts.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('carts', () => {
  let platform: ProductPlatform;
  let ada: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
  });
  beforeEach(async () => {
    ada = await platform.buyer();
  });
  after(() => platform.stop());

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, path, { token: ada.token, ...(body === undefined ? {} : { body }), headers });
  const set = (productId: string, quantity: unknown) => call('PUT', `/v1/cart/items/${productId}`, { quantity });
  const add = (productId: string, quantity: unknown, key?: string) =>
    call('POST', '/v1/cart/items', { productId, quantity }, key === undefined ? {} : { 'idempotency-key': key });
  const cart = async () => (await call('GET', '/v1/cart')).body.data;
  const archive = async (id: string): Promise<void> => {
    const headers = { 'if-match': '"1"' };
    expect((await platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers })).status).to.equal(204);
  };
  const reprice = async (id: string, fields: Record<string, unknown>): Promise<void> => {
    const options = { token: platform.staff.token, headers: { 'if-match': '"1"' }, body: fields };
    expect((await platform.call('PATCH', `/v1/products/${id}`, options)).status).to.equal(200);
  };
  const codesOf = ({ problems }: { problems: { code: string; severity: string }[] }): string[] =>
    problems.map(({ code, severity }) => `${severity} ${code}`);

  it('require authentication', async () => {
    for (const [method, path] of [
      ['GET', '/v1/cart'],
      ['DELETE', '/v1/cart'],
      ['POST', '/v1/cart/items'],
      ['PUT', `/v1/cart/items/${newId()}`],
      ['DELETE', `/v1/cart/items/${newId()}`],
      ['POST', '/v1/cart/merge'],
      ['POST', '/v1/cart/checkout'],
    ] as const)
      expect((await platform.call(method, path)).status, path).to.equal(401);
  });

  it('are empty before the first item', async () => {
    expect(await cart()).to.deep.equal({
      items: [],
      subtotalMinor: 0,
      discountMinor: 0,
      deliveryMinor: 0,
      tax: [],
      totalMinor: 0,
      currency: 'EUR',
      problems: [],
      version: 0,
    });
  });

  it('set, add and remove items, and count their version', async () => {
    const tea = await platform.product({ name: 'Tea', priceMinor: 300, taxRatePercent: 7, sku: `tea-${newId()}` });
    const pot = await platform.product({ name: 'Pot', priceMinor: 1_190, taxRatePercent: 19 });
    expect((await set(tea.id, 2)).status).to.equal(200);
    const { body } = await add(pot.id, 1);
    expect(body.data).to.deep.include({
      subtotalMinor: 1_790,
      totalMinor: 1_790,
      tax: [
        { ratePercent: 7, taxMinor: 39 },
        { ratePercent: 19, taxMinor: 190 },
      ],
      problems: [],
      version: 2,
    });
    expect(body.data.items.map(({ name, quantity }: { name: string; quantity: number }) => [name, quantity])).to.deep.equal([
      ['Tea', 2],
      ['Pot', 1],
    ]);
    expect(body.data.items[0]).to.include({ unitPriceMinor: 300, addedPriceMinor: 300, taxRatePercent: 7, isInTotal: true });
    expect((await add(tea.id, 3)).body.data.items[0]).to.include({ name: 'Tea', quantity: 5 });
    expect((await set(tea.id, 0)).body.data).to.include({ totalMinor: 1_190, version: 4 });
    expect((await call('DELETE', `/v1/cart/items/${pot.id}`)).status).to.equal(204);
    expect((await call('DELETE', `/v1/cart/items/${pot.id}`)).body).to.include({ status: 404, code: 'NOT_FOUND' });
    expect(await cart()).to.include({ version: 5 });
    expect((await cart()).items).to.deep.equal([]);
    await set(tea.id, 1);
    expect((await call('DELETE', '/v1/cart')).status).to.equal(204);
    expect(await cart()).to.deep.include({ items: [], totalMinor: 0 });
  });

  it('belong to their user', async () => {
    const { id } = await platform.product();
    await set(id, 2);
    const eve = await platform.buyer();
    expect((await platform.call('GET', '/v1/cart', { token: eve.token })).body.data.items).to.deep.equal([]);
    expect((await platform.call('DELETE', `/v1/cart/items/${id}`, { token: eve.token })).status).to.equal(404);
    await platform.call('DELETE', '/v1/cart', { token: eve.token });
    expect((await cart()).items).to.have.length(1);
  });

  const refusals: [string, (productId: string) => Promise<Answer>][] = [
    ['quantity -1', (id) => set(id, -1)],
    ['quantity 1.5', (id) => set(id, 1.5)],
    ['quantity 1,000,001', (id) => set(id, 1_000_001)],
    ['a quantity as text', (id) => set(id, '1')],
    ['an added quantity 0', (id) => add(id, 0)],
    ['units beyond the maximum with those of the cart', (id) => set(id, 999_999).then(() => add(id, 2))],
    ['an unknown field', (id) => call('POST', '/v1/cart/items', { productId: id, quantity: 1, priceMinor: 1 })],
    [
      'a coupon code that is a number',
      () => call('POST', '/v1/cart/checkout', { expectedTotalMinor: 1, couponCode: 7 }, { 'idempotency-key': newId() }),
    ],
    ['no items to merge', () => call('POST', '/v1/cart/merge', { items: [] })],
    [
      '51 items to merge',
      () => call('POST', '/v1/cart/merge', { items: Array.from({ length: 51 }, () => ({ productId: newId(), quantity: 1 })) }),
    ],
  ];
  for (const [what, send] of refusals) {
    it(`refuse ${what} with 422`, async () => {
      const { id } = await platform.product();
      expect((await send(id)).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });
  }

  it('refuse an unknown product with 404, and with 409 an archived one and one with variants', async () => {
    expect((await set(newId(), 1)).body).to.include({ status: 404, code: 'PRODUCT_NOT_FOUND' });
    expect((await set('tea', 1)).body).to.include({ status: 404, code: 'NOT_FOUND' });
    const gone = await platform.product();
    await archive(gone.id);
    expect((await add(gone.id, 1)).body).to.include({ status: 409, code: 'PRODUCT_ARCHIVED' });
    const { id } = await platform.product();
    const given = await platform.call('POST', `/v1/products/${id}/options`, {
      token: platform.staff.token,
      headers: { 'if-match': '"1"' },
      body: { options: ['Size'], optionValues: { Size: 'M' } },
    });
    expect(given.status).to.equal(201);
    expect((await add(given.body.data.id, 1)).body).to.include({ status: 409, code: 'VARIANT_REQUIRED' });
    expect((await cart()).items).to.deep.equal([]);
  });

  it('take 50 products, and refuse the 51st with 409 CART_FULL', async () => {
    const { id } = await platform.product();
    await set(id, 1);
    const rows = Array.from({ length: 49 }, (_, index) => ({
      user_id: idBytes(ada.id),
      product_id: idBytes(newId()),
      position: index + 1,
      quantity: 1,
      added_price_minor: 1,
      added_currency: 'EUR',
    }));
    await platform.database.db('cart_items').insert(rows);
    const other = await platform.product();
    expect((await set(other.id, 1)).body).to.include({ status: 409, code: 'CART_FULL' });
    expect((await call('POST', '/v1/cart/merge', { items: [{ productId: other.id, quantity: 1 }] })).body).to.include({
      code: 'CART_FULL',
    });
    expect((await set(id, 3)).status).to.equal(200);
  });

  it('add once per key', async () => {
    const { id } = await platform.product();
    const key = newId();
    expect((await add(id, 2, key)).body.data.items[0]).to.include({ quantity: 2 });
    const again = await add(id, 2, key);
    expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
    expect(again.body.data.items[0]).to.include({ quantity: 2 });
    expect((await add(id, 3, key)).body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await add(id, 2, 'with space')).body).to.include({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
    await Promise.all(Array.from({ length: 5 }, () => add(id, 1, `${key}-2`)));
    expect((await cart()).items[0]).to.include({ quantity: 3 });
  });

  it('lose no addition of concurrent requests', async () => {
    const items = await Promise.all([platform.product(), platform.product()]);
    const answers = await Promise.all(items.flatMap(({ id }) => Array.from({ length: 5 }, () => add(id, 1))));
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
    expect((await cart()).items.map(({ quantity }: { quantity: number }) => quantity)).to.deep.equal([5, 5]);
  });

  it('merge the items of a browser: the larger quantity stays, and items that cannot be bought are listed', async () => {
    const [tea, pot, gone] = [await platform.product(), await platform.product(), await platform.product()];
    await archive(gone.id);
    await set(tea.id, 3);
    const unknown = newId();
    const items = [
      { productId: tea.id, quantity: 2 },
      { productId: pot.id, quantity: 4 },
      { productId: gone.id, quantity: 1 },
      { productId: unknown, quantity: 1 },
    ];
    for (const _ of [1, 2]) {
      const { status, body } = await call('POST', '/v1/cart/merge', { items });
      expect(status).to.equal(200);
      expect(body.data.cart.items.map(({ quantity }: { quantity: number }) => quantity)).to.deep.equal([3, 4]);
      expect(
        body.data.leftOut.map(({ productId, code }: { productId: string; code: string }) => [productId, code]),
      ).to.deep.equal([
        [gone.id, 'PRODUCT_ARCHIVED'],
        [unknown, 'PRODUCT_NOT_FOUND'],
      ]);
    }
  });

  it('tell what has changed since items were put in: price, archive, stock, currency, limit', async () => {
    const [tea, gone, few, dollars] = [
      await platform.product({ priceMinor: 300 }),
      await platform.product(),
      await platform.product({ stock: 5, priceMinor: 1_000_000 }),
      await platform.product({ currency: 'USD' }),
    ];
    for (const { id } of [tea, gone, few, dollars]) await set(id, 3);
    await archive(gone.id);
    await reprice(tea.id, { priceMinor: 350 });
    const movement = {
      token: platform.staff.token,
      body: { delta: -4, reason: 'correction' },
      headers: { 'idempotency-key': newId() },
    };
    expect((await platform.call('POST', `/v1/products/${few.id}/stock-movements`, movement)).status).to.equal(201);
    const now = await cart();
    expect(codesOf(now)).to.have.members([
      'error PRODUCT_ARCHIVED',
      'error CURRENCY_MISMATCH',
      'error PRODUCT_OUT_OF_STOCK',
      'warning PRICE_CHANGED',
      'warning OVER_LIMIT',
    ]);
    const find = (code: string) => now.problems.find((problem: { code: string }) => problem.code === code);
    expect(find('PRODUCT_ARCHIVED')).to.include({ productId: gone.id });
    expect(find('CURRENCY_MISMATCH')).to.include({ productId: dollars.id });
    expect(find('PRODUCT_OUT_OF_STOCK')).to.include({ productId: few.id, available: 1 });
    expect(find('PRICE_CHANGED')).to.include({ productId: tea.id, fromMinor: 300, toMinor: 350 });
    expect(find('OVER_LIMIT')).to.include({ toMinor: 1_000_000 });
    expect(now.totalMinor).to.equal(3 * 350 + 3 * 1_000_000);
    expect(now.items.map(({ isInTotal }: { isInTotal: boolean }) => isInTotal)).to.deep.equal([true, false, true, false]);
  });

  it('are erased with their user, and a late write of the user makes none', async () => {
    const { id } = await platform.product();
    await add(id, 1, newId());
    await platform.say('user-erased', { userId: ada.id });
    const user = { user_id: idBytes(ada.id) };
    await eventually(async () => {
      for (const table of ['carts', 'cart_items', 'cart_keys'])
        expect(await platform.database.db(table).where(user), table).to.deep.equal([]);
      expect(await platform.database.db('erased_users').where(user)).to.have.length(1);
    });
    expect((await set(id, 1)).status).to.equal(401);
    expect(await platform.database.db('carts').where(user)).to.deep.equal([]);
  });

  it('are deleted some time after their last change, with the keys of that time', async () => {
    const bob = await platform.buyer();
    const { id } = await platform.product();
    const options = { body: { productId: id, quantity: 1 }, headers: { 'idempotency-key': newId() } };
    for (const { token } of [ada, bob]) await platform.call('POST', '/v1/cart/items', { token, ...options });
    const { db } = platform.database;
    const [old, recent] = [{ user_id: idBytes(ada.id) }, { user_id: idBytes(bob.id) }];
    const before = new Date('2026-01-31');
    await db('carts')
      .where(old)
      .update({ updated_at: new Date('2026-01-01') });
    await db('cart_keys')
      .where(old)
      .update({ created_at: new Date('2026-01-01') });
    expect(await db.transaction((trx) => deleteOldCarts(trx, before))).to.equal(false);
    for (const table of ['carts', 'cart_items', 'cart_keys']) {
      expect(await db(table).where(old), table).to.deep.equal([]);
      expect(await db(table).where(recent), table).to.have.length(1);
    }
  });
});
