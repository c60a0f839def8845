import { newId } from '@florin/database';
import { expect } from 'chai';
import { couponInvariants } from '../src/coupons/invariants.ts';
import { couponClient } from './coupon-platform.ts';
import { findViolations } from './find-violations.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('coupons of quotes and carts', () => {
  let platform: ProductPlatform;
  let client: ReturnType<typeof couponClient>;
  let alice: Person;
  let bob: Person;
  /** Costs 1,000. */
  let productId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    client = couponClient(platform);
    [alice, bob] = await Promise.all([platform.buyer(), platform.buyer()]);
    ({ id: productId } = await platform.product({ priceMinor: 1_000, stock: 1_000 }));
  });
  after(() => platform.stop());
  afterEach('every invariant holds', async () => {
    expect(await findViolations(platform.database.db, couponInvariants)).to.deep.equal([]);
  });

  const send = (who: Person | undefined, method: string, path: string, body?: unknown, key = newId()) =>
    platform.call(method, path, {
      ...(who === undefined ? {} : { token: who.token }),
      headers: { 'idempotency-key': key },
      ...(body === undefined ? {} : { body }),
    });
  const quote = (who: Person | undefined, couponCode: string | null) =>
    send(who, 'POST', '/v1/purchases/quote', { items: [{ productId, quantity: 2 }], couponCode });
  /** Puts two units into the cart. */
  const fillCart = async (who: Person, code: string | null): Promise<void> => {
    await send(who, 'PUT', `/v1/cart/items/${productId}`, { quantity: 2 });
    expect((await send(who, 'PUT', '/v1/cart/coupon', { code })).status).to.equal(200);
  };
  const cartOf = async (who: Person) => (await send(who, 'GET', '/v1/cart')).body.data;
  const checkOut = (who: Person, body: { expectedTotalMinor: number; couponCode?: string | null }, key = newId()) =>
    send(who, 'POST', '/v1/cart/checkout', body, key);

  it('need a token in a cart, and a code or null', async () => {
    expect((await send(undefined, 'PUT', '/v1/cart/coupon', { code: 'TEA' })).status).to.equal(401);
    for (const body of [{}, { code: 'A B' }, { code: 7 }, { code: 'TEA', percent: 100 }])
      expect((await send(alice, 'PUT', '/v1/cart/coupon', body)).status, JSON.stringify(body)).to.equal(422);
  });

  it('lower the quote of a visitor and of a buyer, and redeem nothing', async () => {
    const { id, code } = await client.coupon({ percent: 15, maxRedemptions: 1, maxPerUser: 1 });
    for (const who of [undefined, alice]) {
      const { status, body } = await quote(who, code.toLowerCase());
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(body.data).to.deep.include({ subtotalMinor: 2_000, discountMinor: 300, totalMinor: 1_700, coupon: { code } });
      expect(body.data.items[0]).to.include({ discountMinor: 300 });
      expect(body.data.problems).to.deep.equal([]);
    }
    expect((await client.asStaff('GET', `/v1/coupons/${id}`)).body.data).to.include({ redemptions: 0 });
  });

  it('are a problem of a quote and of a cart if they do not apply, which cost the full price then', async () => {
    const { id, code } = await client.coupon({ maxPerUser: 1, currency: 'USD' });
    const problem = { code: 'COUPON_NOT_APPLICABLE', severity: 'error', reason: 'OTHER_CURRENCY' };
    await fillCart(alice, code);
    for (const shown of [(await quote(alice, code)).body.data, await cartOf(alice)]) {
      expect(shown).to.include({ discountMinor: 0, totalMinor: 2_000 }).and.not.to.have.property('coupon');
      expect(shown.problems).to.have.length(1);
      expect(shown.problems[0]).to.include(problem);
    }
    await client.edit(id, 1, { currency: null });
    expect(await cartOf(alice)).to.deep.include({ discountMinor: 200, coupon: { code }, problems: [] });
    expect((await client.buyWith(alice, code, productId)).status).to.equal(202);
    expect((await quote(alice, code)).body.data.problems[0]).to.include({ reason: 'USED_UP_BY_USER' });
    expect((await quote(bob, code)).body.data.problems).to.deep.equal([]);
    expect((await quote(undefined, 'NO-SUCH-CODE')).body.data.problems[0]).to.include({ reason: 'UNKNOWN' });
  });

  it('of a cart are quoted with it, and null quotes it without', async () => {
    const { code } = await client.coupon({ percent: 50 });
    await fillCart(alice, code);
    const quoteCart = async (fields: object) =>
      (await send(alice, 'POST', '/v1/purchases/quote', { cart: true, ...fields })).body.data;
    expect(await quoteCart({})).to.deep.include({ totalMinor: 1_000, coupon: { code } });
    expect(await quoteCart({ couponCode: null })).to.include({ totalMinor: 2_000 });
    const { code: better } = await client.coupon({ percent: 100 });
    expect(await quoteCart({ couponCode: better })).to.deep.include({ totalMinor: 0, coupon: { code: better } });
    await send(alice, 'PUT', '/v1/cart/coupon', { code: null });
    expect(await quoteCart({})).to.include({ totalMinor: 2_000 });
  });

  it('of a cart are redeemed by its checkout, which removes them from the cart', async () => {
    const { id, code } = await client.coupon({ percent: 10, maxRedemptions: 1 });
    await fillCart(alice, code);
    const changed = await checkOut(alice, { expectedTotalMinor: 2_000 });
    expect(changed.body).to.include({ status: 409, code: 'TOTAL_CHANGED' });
    expect(changed.body.quote).to.deep.include({ discountMinor: 200, totalMinor: 1_800, coupon: { code } });
    const key = newId();
    const bought = await checkOut(alice, { expectedTotalMinor: 1_800 }, key);
    expect(bought.status, JSON.stringify(bought.body)).to.equal(202);
    expect(bought.body.data).to.deep.include({ discountMinor: 200, totalMinor: 1_800, coupon: { code } });
    expect(await cartOf(alice)).to.deep.include({ items: [], problems: [] });
    const again = await checkOut(alice, { expectedTotalMinor: 1_800 }, key);
    expect(again.body.data).to.include({ id: bought.body.data.id });
    expect((await client.asStaff('GET', `/v1/coupons/${id}`)).body.data).to.include({ redemptions: 1 });
  });

  it('that a checkout names beat those of the cart, and null means none', async () => {
    const [{ code }, { code: better }] = [await client.coupon({ percent: 10 }), await client.coupon({ percent: 20 })];
    await fillCart(alice, code);
    const named = await checkOut(alice, { expectedTotalMinor: 1_600, couponCode: better });
    expect(named.body.data).to.deep.include({ totalMinor: 1_600, coupon: { code: better } });
    await fillCart(alice, code);
    const without = await checkOut(alice, { expectedTotalMinor: 2_000, couponCode: null });
    expect(without.body.data).to.include({ totalMinor: 2_000 }).and.not.to.have.property('coupon');
  });

  it('that end before the checkout refuse it, and the cart stays', async () => {
    const { id, code } = await client.coupon({ percent: 10 });
    await fillCart(alice, code);
    expect(await cartOf(alice)).to.include({ totalMinor: 1_800 });
    await client.edit(id, 1, { endsAt: '2020-01-01T00:00:00Z' });
    for (const expectedTotalMinor of [1_800, 2_000])
      expect((await checkOut(alice, { expectedTotalMinor })).body).to.include({
        status: 409,
        code: 'COUPON_NOT_APPLICABLE',
        reason: 'ENDED',
      });
    expect((await cartOf(alice)).items).to.have.length(1);
  });

  it('are used up by one of two checkouts at the same moment', async () => {
    const { id, code } = await client.coupon({ percent: 10, maxRedemptions: 1 });
    await Promise.all([alice, bob].map((who) => fillCart(who, code)));
    const answers = await Promise.all([alice, bob].map((who) => checkOut(who, { expectedTotalMinor: 1_800 })));
    expect(answers.map(({ body }) => body.reason ?? body.data?.totalMinor)).to.have.members([1_800, 'USED_UP']);
    expect((await client.asStaff('GET', `/v1/coupons/${id}`)).body.data).to.include({ redemptions: 1 });
  });
});
