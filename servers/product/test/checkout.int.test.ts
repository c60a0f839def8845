import { idBytes, newId, runTransaction } from '@florin/database';
import { type Answer, eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { isKeyTaken, requestPurchases } from '../src/purchases/index.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('checkout', () => {
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

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    platform.call(method, path, { token: ada.token, ...(body === undefined ? {} : { body }), headers });
  const put = (productId: string, quantity: number): Promise<Answer> => call('PUT', `/v1/cart/items/${productId}`, { quantity });
  const checkout = (expectedTotalMinor: unknown, key = newId()): Promise<Answer> =>
    call('POST', '/v1/cart/checkout', { expectedTotalMinor }, { 'idempotency-key': key });
  const cartItems = async (): Promise<unknown[]> => (await call('GET', '/v1/cart')).body.data.items;
  const reprice = async (id: string, fields: Record<string, unknown>): Promise<void> => {
    const options = { token: platform.staff.token, headers: { 'if-match': '"1"' }, body: fields };
    expect((await platform.call('PATCH', `/v1/products/${id}`, options)).status).to.equal(200);
  };
  const purchasesOf = async ({ id }: Person): Promise<number> =>
    (await platform.database.db('purchases').where({ user_id: idBytes(id) })).length;

  it('makes the purchase and empties the cart', async () => {
    const tea = await platform.product({ name: 'Tea', priceMinor: 300, taxRatePercent: 7, sku: `tea-${newId()}` });
    const pot = await platform.product({ priceMinor: 1_190, taxRatePercent: 19 });
    await put(tea.id, 2);
    await put(pot.id, 1);
    const { status, body, headers } = await checkout(1_790);
    expect(status).to.equal(202);
    expect(headers.get('location')).to.equal(`/v1/purchases/${body.data.id}`);
    expect(body.data).to.deep.include({
      status: 'requested',
      subtotalMinor: 1_790,
      discountMinor: 0,
      deliveryMinor: 0,
      totalMinor: 1_790,
      refundedMinor: 0,
      payment: { method: 'wallet' },
      tax: [
        { ratePercent: 7, taxMinor: 39 },
        { ratePercent: 19, taxMinor: 190 },
      ],
    });
    expect(body.data.items[0]).to.include({ name: 'Tea', quantity: 2, unitPriceMinor: 300, taxRatePercent: 7 });
    expect(body.data.items[0].sku).to.match(/^tea-/);
    expect(await platform.purchase(ada, body.data.id)).to.deep.include({ ...body.data, version: 1 });
    expect(await cartItems()).to.deep.equal([]);
    expect(await platform.stockOf(tea.id)).to.equal(8);
    await eventually(() =>
      expect(platform.published(body.data.id).map(({ type }) => type)).to.deep.equal(['purchase-requested']),
    );
  });

  it('keeps name, price, SKU and tax rate of the items when the product changes', async () => {
    const { id, name } = await platform.product({ priceMinor: 300, taxRatePercent: 7 });
    await put(id, 1);
    const { body } = await checkout(300);
    await reprice(id, { name: 'Other', priceMinor: 1, taxRatePercent: 19, sku: newId() });
    const [item] = (await platform.purchase(ada, body.data.id))['items'] as object[];
    expect(item).to.deep.equal({ productId: id, name, quantity: 1, unitPriceMinor: 300, taxRatePercent: 7 });
  });

  for (const [what, body] of [
    ['no total', {}],
    ['a total as text', { expectedTotalMinor: '1' }],
    ['a negative total', { expectedTotalMinor: -1 }],
    ['a total that is not whole', { expectedTotalMinor: 1.5 }],
    ['items', { expectedTotalMinor: 1, items: [] }],
  ] as const)
    it(`refuses ${what} with 422`, async () => {
      const answer = await call('POST', '/v1/cart/checkout', body, { 'idempotency-key': newId() });
      expect(answer.body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  it('refuses a missing key with 400, an empty cart with 409, and a buyer without a wallet with 409', async () => {
    expect((await call('POST', '/v1/cart/checkout', { expectedTotalMinor: 1 })).body).to.include({ status: 400 });
    expect((await checkout(0)).body).to.include({ status: 409, code: 'CART_EMPTY' });
    ada = platform.stranger();
    await put((await platform.product()).id, 1);
    expect((await checkout(1_500)).body).to.include({ status: 409, code: 'WALLET_NOT_READY' });
    expect(await cartItems()).to.have.length(1);
  });

  it('refuses another total with the fresh quote, and keeps the cart', async () => {
    const { id } = await platform.product({ priceMinor: 300, stock: 3 });
    await put(id, 2);
    await reprice(id, { priceMinor: 350 });
    const { body } = await checkout(600);
    expect(body).to.include({ status: 409, code: 'TOTAL_CHANGED' });
    expect(body.quote).to.deep.include({ totalMinor: 700, currency: 'EUR', problems: [], wouldBePaid: true });
    expect(body.quote.items[0]).to.include({ productId: id, unitPriceMinor: 350, quantity: 2 });
    expect(await cartItems()).to.have.length(1);
    expect(await platform.stockOf(id)).to.equal(3);
    expect((await checkout(body.quote.totalMinor)).status).to.equal(202);
  });

  it('checks in the documented order: total before stock, stock before cover', async () => {
    const { id } = await platform.product({ priceMinor: 900_000, stock: 1 });
    await put(id, 2);
    const changed = (await checkout(1)).body;
    expect(changed).to.include({ code: 'TOTAL_CHANGED' });
    expect(changed.quote).to.include({ wouldBePaid: false, declineCode: 'SPEND_LIMIT_EXCEEDED' });
    expect(changed.quote.problems[0]).to.include({
      code: 'PRODUCT_OUT_OF_STOCK',
      severity: 'error',
      productId: id,
      available: 1,
    });
    expect((await checkout(1_800_000)).body).to.include({ code: 'PRODUCT_OUT_OF_STOCK', available: 1 });
  });

  it('refuses a product that was archived after it was put into the cart', async () => {
    const { id } = await platform.product();
    await put(id, 1);
    await platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers: { 'if-match': '"1"' } });
    expect((await checkout(1_500)).body).to.include({ status: 409, code: 'PRODUCT_ARCHIVED', productId: id });
    expect(await cartItems()).to.have.length(1);
  });

  it('answers a retry after the cart has changed, and refuses the key with another body or at another endpoint', async () => {
    const { id } = await platform.product();
    await put(id, 1);
    const key = newId();
    const first = await checkout(1_500, key);
    expect(first.status).to.equal(202);
    await put(id, 2);
    const again = await checkout(1_500, key);
    expect([again.status, again.headers.get('idempotent-replayed'), again.body.data.id]).to.deep.equal([
      200,
      'true',
      first.body.data.id,
    ]);
    expect((await checkout(3_000, key)).body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await platform.buy(ada, [{ productId: id, quantity: 1 }], key)).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const bought = newId();
    expect((await platform.buy(ada, [{ productId: id, quantity: 1 }], bought)).status).to.equal(202);
    expect((await checkout(1_500, bought)).body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await cartItems()).to.have.length(1);
  });

  it('of two tabs at once makes one purchase, and the other gets CART_EMPTY', async () => {
    for (let round = 0; round < 5; round++) {
      ada = await platform.buyer();
      await put((await platform.product()).id, 1);
      const answers = await Promise.all([checkout(1_500), checkout(1_500), checkout(1_500)]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([202, 409, 409]);
      expect(answers.filter(({ body }) => body.code === 'CART_EMPTY')).to.have.length(2);
      expect(await purchasesOf(ada)).to.equal(1);
    }
  });

  it('of two requests with one key at once makes one purchase, and the other replays it', async () => {
    for (let round = 0; round < 5; round++) {
      ada = await platform.buyer();
      await put((await platform.product()).id, 1);
      const key = newId();
      const answers = await Promise.all([checkout(1_500, key), checkout(1_500, key)]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([200, 202]);
      expect(new Set(answers.map(({ body }) => body.data.id)).size).to.equal(1);
    }
  });

  it('in two transactions at once makes one purchase: each locks the cart first', async () => {
    const { db } = platform.database;
    for (let round = 0; round < 5; round++) {
      ada = await platform.buyer();
      await put((await platform.product()).id, 1);
      const request = () => ({ userId: ada.id, idempotencyKey: newId(), items: [], isCheckout: true, expectedTotalMinor: 1_500 });
      const run = () => runTransaction(db, (trx) => requestPurchases(trx, [request()]), isKeyTaken);
      const answers = (await Promise.all([run(), run()])).flat();
      expect(answers.filter((answer) => 'purchaseId' in answer)).to.have.length(1);
      expect(await purchasesOf(ada)).to.equal(1);
      expect(await cartItems()).to.deep.equal([]);
    }
  });

  it('keeps the cart if its transaction rolls back', async () => {
    await put((await platform.product()).id, 1);
    const request = { userId: ada.id, idempotencyKey: newId(), items: [], isCheckout: true, expectedTotalMinor: 1_500 };
    const stopped = new Error('crash before the commit');
    const failure = await failureOf(
      runTransaction(platform.database.db, async (trx) => {
        const [answer] = await requestPurchases(trx, [request]);
        expect(answer).to.have.property('purchaseId');
        throw stopped;
      }),
    );
    expect(failure).to.equal(stopped);
    expect(await cartItems()).to.have.length(1);
    expect(await purchasesOf(ada)).to.equal(0);
  });

  it('never sells more than the stock to carts that are bought at once', async () => {
    const { id } = await platform.product({ stock: 3 });
    const buyers = await Promise.all(Array.from({ length: 6 }, () => platform.buyer()));
    const send = (who: Person, method: string, path: string, body: unknown): Promise<Answer> =>
      platform.call(method, path, { token: who.token, body, headers: { 'idempotency-key': newId() } });
    for (const buyer of buyers) await send(buyer, 'PUT', `/v1/cart/items/${id}`, { quantity: 1 });
    const answers = await Promise.all(
      buyers.map((buyer) => send(buyer, 'POST', '/v1/cart/checkout', { expectedTotalMinor: 1_500 })),
    );
    expect(answers.filter(({ status }) => status === 202)).to.have.length(3);
    expect(answers.filter(({ body }) => body.code === 'PRODUCT_OUT_OF_STOCK')).to.have.length(3);
    expect(await platform.stockOf(id)).to.equal(0);
  });

  describe('POST /v1/purchases', () => {
    it('takes the total that the buyer saw', async () => {
      const { id } = await platform.product();
      const buy = (expectedTotalMinor: number, key = newId()) =>
        call(
          'POST',
          '/v1/purchases',
          { items: [{ productId: id, quantity: 2 }], expectedTotalMinor },
          { 'idempotency-key': key },
        );
      const refused = await buy(2_999);
      expect(refused.body).to.include({ status: 409, code: 'TOTAL_CHANGED' });
      expect(refused.body.quote).to.include({ totalMinor: 3_000 });
      const key = newId();
      expect((await buy(3_000, key)).status).to.equal(202);
      expect((await buy(3_000, key)).status).to.equal(200);
      expect((await buy(3_001, key)).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });
  });

  describe('POST /v1/purchases/quote', () => {
    const quote = (body: unknown, token: string | undefined = ada.token): Promise<Answer> =>
      platform.call('POST', '/v1/purchases/quote', { body, ...(token === '' ? {} : { token }) });

    it('prices items for anyone, and writes nothing', async () => {
      const { id } = await platform.product({ priceMinor: 300 });
      const { status, body } = await quote({ items: [{ productId: id, quantity: 2 }] }, '');
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ subtotalMinor: 600, totalMinor: 600, currency: 'EUR', problems: [] });
      expect(body.data).not.to.have.any.keys('wouldBePaid', 'declineCode');
      expect(await platform.stockOf(id)).to.equal(10);
    });

    it('tells a buyer whether the wallet covers it now', async () => {
      const { id } = await platform.product({ priceMinor: 400_000, stock: 100 });
      const items = (quantity: number) => ({ items: [{ productId: id, quantity }] });
      expect((await quote(items(2))).body.data).to.include({ wouldBePaid: true });
      expect((await quote(items(3))).body.data).to.include({ wouldBePaid: false, declineCode: 'SPEND_LIMIT_EXCEEDED' });
      await platform.buy(ada, [{ productId: id, quantity: 2 }]);
      expect((await quote(items(1))).body.data).to.include({ wouldBePaid: false, declineCode: 'INSUFFICIENT_FUNDS' });
      const noWallet = (await quote(items(1), platform.stranger().token)).body.data;
      expect(noWallet).to.include({ wouldBePaid: false });
      expect(noWallet.problems[0]).to.include({ code: 'WALLET_NOT_READY', severity: 'error' });
    });

    it('quotes the cart of the buyer', async () => {
      expect((await quote({ cart: true }, '')).body).to.include({ status: 401 });
      expect((await quote({ cart: true })).body.data.problems[0]).to.include({ code: 'CART_EMPTY', severity: 'error' });
      await put((await platform.product()).id, 2);
      expect((await quote({ cart: true })).body.data).to.deep.include({ totalMinor: 3_000, problems: [], wouldBePaid: true });
    });

    it('answers 404 for an unknown product, and lists the rest as problems', async () => {
      const [gone, few] = [await platform.product(), await platform.product({ stock: 1 })];
      await platform.call('DELETE', `/v1/products/${gone.id}`, { token: platform.staff.token, headers: { 'if-match': '"1"' } });
      const items = [gone.id, few.id].map((productId) => ({ productId, quantity: 2 }));
      const unknown = newId();
      expect((await quote({ items: [...items, { productId: unknown, quantity: 1 }] })).body).to.include({
        status: 404,
        code: 'PRODUCT_NOT_FOUND',
        productId: unknown,
      });
      const { problems } = (await quote({ items })).body.data;
      expect(problems.map(({ code, productId }: { code: string; productId: string }) => [code, productId])).to.deep.equal([
        ['PRODUCT_ARCHIVED', gone.id],
        ['PRODUCT_OUT_OF_STOCK', few.id],
      ]);
    });

    for (const [what, body] of [
      ['neither items nor a cart', {}],
      ['both', { items: [{ productId: newId(), quantity: 1 }], cart: true }],
      ['cart: false', { cart: false }],
      ['no items', { items: [] }],
      ['quantity 0', { items: [{ productId: newId(), quantity: 0 }] }],
    ] as const)
      it(`refuses ${what} with 422`, async () => {
        expect((await quote(body)).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
      });
  });

  describe('POST /v1/purchases/:id/reorder', () => {
    it('fills the cart, and lists the items that can no longer be bought', async () => {
      const [tea, gone] = [await platform.product(), await platform.product()];
      const { body } = await platform.buy(ada, [
        { productId: tea.id, quantity: 2 },
        { productId: gone.id, quantity: 1 },
      ]);
      await platform.call('DELETE', `/v1/products/${gone.id}`, { token: platform.staff.token, headers: { 'if-match': '"1"' } });
      const eve = await platform.buyer();
      const path = `/v1/purchases/${body.data.id}/reorder`;
      expect((await platform.call('POST', path)).status).to.equal(401);
      expect((await platform.call('POST', path, { token: eve.token })).body).to.include({ status: 404, code: 'NOT_FOUND' });
      for (const _ of [1, 2]) {
        const again = await call('POST', path);
        expect(again.status).to.equal(200);
        expect(again.body.data.cart.items).to.have.length(1);
        expect(again.body.data.cart.items[0]).to.include({ productId: tea.id, quantity: 2 });
        expect(again.body.data.leftOut).to.have.length(1);
        expect(again.body.data.leftOut[0]).to.include({ productId: gone.id, code: 'PRODUCT_ARCHIVED' });
      }
    });
  });
});
