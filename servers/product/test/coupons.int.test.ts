import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { couponInvariants } from '../src/coupons/invariants.ts';
import { couponClient } from './coupon-platform.ts';
import { findViolations } from './find-violations.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('coupons', () => {
  let platform: ProductPlatform;
  let client: ReturnType<typeof couponClient>;
  let alice: Person;
  let bob: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    client = couponClient(platform);
    [alice, bob] = await Promise.all([platform.buyer(), platform.buyer()]);
  });
  after(() => platform.stop());
  afterEach('every invariant holds', async () => {
    expect(await findViolations(platform.database.db, couponInvariants)).to.deep.equal([]);
  });

  const redemptionsOf = async (code: string): Promise<{ counted: number; rows: number; unfreed: number }> => {
    const rows: { redemptions: number; purchase_id: Buffer | null; freed_at: Date | null }[] = await platform.database
      .db('coupons')
      .leftJoin('coupon_redemptions', 'coupon_id', 'id')
      .where({ code })
      .select('redemptions', 'purchase_id', 'freed_at');
    const redeemed = rows.filter(({ purchase_id }) => purchase_id !== null);
    const unfreed = redeemed.filter(({ freed_at }) => freed_at === null).length;
    return { counted: rows[0]?.redemptions ?? -1, rows: redeemed.length, unfreed };
  };

  describe('of staff', () => {
    it('are for staff only', async () => {
      const { id } = await client.coupon();
      const requests = [
        ['GET', '/v1/coupons'],
        ['POST', '/v1/coupons', { code: 'NOT-MINE', kind: 'percent', percent: 1 }],
        ['GET', `/v1/coupons/${id}`],
        ['PATCH', `/v1/coupons/${id}`, { percent: 99 }],
        ['DELETE', `/v1/coupons/${id}`],
      ] as const;
      for (const [method, path, body] of requests) {
        const headers = { 'if-match': '*' };
        expect((await platform.call(method, path, { body, headers })).status, `${method} ${path}`).to.equal(401);
        expect((await platform.call(method, path, { body, headers, token: alice.token })).status, `${method} ${path}`).to.equal(
          403,
        );
      }
    });

    it('are created, read, changed and archived', async () => {
      const product = await platform.product();
      const fields = {
        ...{ kind: 'amount', amountMinor: 500, currency: 'EUR', minSubtotalMinor: 2_000, maxRedemptions: 10, maxPerUser: 1 },
        ...{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2099-01-01T00:00:00.000Z', productIds: [product.id] },
      };
      const code = `Spring-${newId().slice(-6)}`;
      const { percent: _none, ...created } = { percent: undefined, code, ...fields };
      const made = await client.asStaff('POST', '/v1/coupons', created);
      expect(made.status, JSON.stringify(made.body)).to.equal(201);
      const { id } = made.body.data;
      expect(made.body.data).to.deep.include({
        ...fields,
        code: code.toUpperCase(),
        status: 'active',
        redemptions: 0,
        version: 1,
      });
      expect(made.headers.get('location')).to.equal(`/v1/coupons/${id}`);
      expect(made.headers.get('etag')).to.equal('"1"');

      const changed = await client.edit(id, 1, { amountMinor: 700, maxPerUser: null, productIds: [] });
      expect(changed.status, JSON.stringify(changed.body)).to.equal(200);
      expect(changed.body.data).to.include({ amountMinor: 700, version: 2 }).and.not.to.have.any.keys('maxPerUser', 'productIds');
      expect((await client.edit(id, 1, { amountMinor: 1 })).status).to.equal(412);
      expect((await client.asStaff('PATCH', `/v1/coupons/${id}`, { amountMinor: 1 })).status).to.equal(428);

      const remove = () => client.asStaff('DELETE', `/v1/coupons/${id}`, undefined, { 'if-match': '"2"' });
      expect((await remove()).status).to.equal(204);
      expect((await remove()).status, 'archived again').to.equal(204);
      expect((await client.asStaff('GET', `/v1/coupons/${id}`)).body.data).to.include({ status: 'archived', version: 3 });
      const log = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
      expect(log.body.data.map(({ action }: { action: string }) => action)).to.deep.equal([
        'coupon.archive',
        'coupon.edit',
        'coupon.create',
      ]);
      expect((await client.edit(id, 3, { status: 'active' })).body.data).to.include({ status: 'active' });
    });

    it('are listed, newest first, by code and status', async () => {
      const [first, second, third] = [await client.coupon(), await client.coupon(), await client.coupon()];
      await client.asStaff('DELETE', `/v1/coupons/${second?.id}`, undefined, { 'if-match': '*' });
      const list = async (filter: string) => (await client.asStaff('GET', `/v1/coupons?${filter}`)).body;
      const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
      const page = await list('limit=1&status=active');
      expect(ids(page)).to.deep.equal([third?.id]);
      expect(ids(await list(`limit=1&status=active&cursor=${page.page.nextCursor}`))).to.deep.equal([first?.id]);
      expect(ids(await list('status=archived')))
        .to.include(second?.id)
        .and.not.to.include(first?.id);
      expect(ids(await list(`code=${first?.code.toLowerCase()}`))).to.deep.equal([first?.id]);
    });

    const percent = { kind: 'percent', percent: 10 };
    const amount = { kind: 'amount', amountMinor: 100, currency: 'EUR' };
    const refusals: [string, Record<string, unknown>, string][] = [
      ['no kind', { code: 'ABC' }, 'kind'],
      ['a code of two characters', { ...percent, code: 'AB' }, 'code'],
      ['a code of 33 characters', { ...percent, code: 'A'.repeat(33) }, 'code'],
      ['a code with a space', { ...percent, code: 'A B C' }, 'code'],
      ['a code with an umlaut', { ...percent, code: 'GRÜN' }, 'code'],
      ['0 percent', { ...percent, percent: 0 }, 'percent'],
      ['101 percent', { ...percent, percent: 101 }, 'percent'],
      ['half a percent', { ...percent, percent: 0.5 }, 'percent'],
      ['the kind percent without a percentage', { kind: 'percent' }, 'percent'],
      ['a percentage and an amount', { ...amount, ...percent }, 'amountMinor'],
      ['the kind amount without an amount', { kind: 'amount', currency: 'EUR' }, 'amountMinor'],
      ['an amount without a currency', { kind: 'amount', amountMinor: 100 }, 'currency'],
      ['an amount of 0', { ...amount, amountMinor: 0 }, 'amountMinor'],
      ['a minimum without a currency', { ...percent, minSubtotalMinor: 100 }, 'currency'],
      ['an end at its start', { ...percent, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }, 'endsAt'],
      ['a limit of 0', { ...percent, maxRedemptions: 0 }, 'maxRedemptions'],
      ['a limit per user of 0', { ...percent, maxPerUser: 0 }, 'maxPerUser'],
      ['an unknown product', { ...percent, productIds: [newId()] }, 'productIds'],
      ['an unknown category', { ...percent, categoryIds: [newId()] }, 'categoryId'],
      ['a counter', { ...percent, redemptions: 1 }, 'redemptions'],
    ];
    for (const [what, fields, path] of refusals)
      it(`are rejected with ${what}`, async () => {
        const { status, body } = await client.asStaff('POST', '/v1/coupons', { code: `X-${newId().slice(-8)}`, ...fields });
        expect(status, JSON.stringify(body)).to.equal(422);
        expect(body.errors.map((error: { path: string }) => error.path)).to.include(path);
      });

    it('keep fields that agree with each other when they change', async () => {
      const { id } = await client.coupon();
      const { status, body } = await client.edit(id, 1, { amountMinor: 100 });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }: { path: string }) => path)).to.have.members(['amountMinor', 'currency']);
      const changed = await client.edit(id, 1, { kind: 'amount', percent: null, amountMinor: 100, currency: 'EUR' });
      expect(changed.body.data).to.include({ kind: 'amount', amountMinor: 100 }).and.not.to.have.property('percent');
    });

    it('have codes that are unique in upper and lower case', async () => {
      const { code } = await client.coupon();
      const other = await client.coupon();
      const taken = await client.create({ code: code.toLowerCase() });
      expect(taken.body).to.include({ status: 409, code: 'COUPON_CODE_TAKEN' });
      expect((await client.edit(other.id, 1, { code })).body).to.include({ code: 'COUPON_CODE_TAKEN' });
      const twice = `T-${newId().slice(-8)}`;
      const answers = await Promise.all([client.create({ code: twice }), client.create({ code: twice })]);
      expect(answers.map(({ status }) => status)).to.have.members([201, 409]);
    });

    it('keep the categories that they name from deletion', async () => {
      const category = await client.asStaff('POST', '/v1/categories', { name: `Tea ${newId()}` });
      const { id } = category.body.data;
      const coupon = await client.coupon({ categoryIds: [id] });
      const remove = () => client.asStaff('DELETE', `/v1/categories/${id}`, undefined, { 'if-match': '*' });
      expect((await remove()).body).to.include({ status: 409, code: 'CATEGORY_IN_USE' });
      await client.edit(coupon.id, 1, { categoryIds: [] });
      expect((await remove()).status).to.equal(204);
    });
  });

  describe('of purchases', () => {
    it('lower the total, and are shown with the discount of each item', async () => {
      const [tea, cup] = [await platform.product({ priceMinor: 1_005 }), await platform.product({ priceMinor: 333 })];
      const { code } = await client.coupon({ percent: 50 });
      const items = [tea, cup].map(({ id }) => ({ productId: id, quantity: 1 }));
      const { status, body } = await platform.call('POST', '/v1/purchases', {
        token: alice.token,
        body: { items, couponCode: ` ${code.toLowerCase()} ` },
        headers: { 'idempotency-key': newId() },
      });
      expect(status, JSON.stringify(body)).to.equal(202);
      expect(body.data).to.deep.include({ subtotalMinor: 1_338, discountMinor: 669, totalMinor: 669, coupon: { code } });
      expect(body.data.items.map(({ discountMinor }: { discountMinor: number }) => discountMinor)).to.deep.equal([503, 166]);
      expect(await platform.purchase(alice, body.data.id)).to.deep.include({ discountMinor: 669, coupon: { code } });
      await eventually(() => expect(platform.published(body.data.id)).to.have.length(1));
      expect(platform.published(body.data.id)[0]?.data).to.include({ totalMinor: 669 });
    });

    it('apply to products, to variants of products and to categories with their subcategories', async () => {
      const category = async (name: string, parentId?: string): Promise<string> =>
        (await client.asStaff('POST', '/v1/categories', { name: `${name} ${newId()}`, ...(parentId && { parentId }) })).body.data
          .id;
      const shop = await category('Shop');
      const [below, other] = [await category('Green', await category('Tea', shop)), await category('Other')];
      const shirt = await platform.product({
        ...{ categoryId: other, stock: undefined, options: ['Size'] },
        variants: [{ optionValues: { Size: 'M' }, stock: 10 }],
      });
      const variant = (await platform.call('GET', `/v1/products/${shirt.id}`)).body.data.variants[0].id;
      const further = (await platform.product({ categoryId: other, categoryIds: [other, below] })).id;
      const inside = (await platform.product({ categoryId: below })).id;
      const outside = (await platform.product({ categoryId: other })).id;
      const scopes: [Record<string, unknown>, string[]][] = [
        [{ productIds: [outside] }, [outside]],
        [{ productIds: [shirt.id] }, [variant]],
        [{ productIds: [variant] }, [variant]],
        [{ categoryIds: [shop] }, [inside, further]],
        [{ categoryIds: [below], productIds: [shirt.id] }, [inside, further, variant]],
        [{ categoryIds: [other] }, [outside, variant, further]],
      ];
      for (const [scope, eligible] of scopes) {
        const { code } = await client.coupon({ percent: 100, ...scope });
        const productIds = [variant, further, inside, outside];
        const { body } = await platform.call('POST', '/v1/purchases', {
          token: alice.token,
          body: { items: productIds.map((productId) => ({ productId, quantity: 1 })), couponCode: code },
          headers: { 'idempotency-key': newId() },
        });
        expect(body.data, JSON.stringify(body)).to.be.an('object');
        const discounted = body.data.items.filter(({ discountMinor }: { discountMinor?: number }) => discountMinor !== undefined);
        expect(discounted.map(({ productId }: { productId: string }) => productId)).to.have.members(eligible);
      }
    });

    const inPast = '2020-01-01T00:00:00Z';
    const refusals: [string, Record<string, unknown>][] = [
      ['NOT_STARTED', { startsAt: '2090-01-01T00:00:00Z' }],
      ['ENDED', { endsAt: inPast }],
      ['OTHER_CURRENCY', { currency: 'USD' }],
      ['SUBTOTAL_TOO_LOW', { currency: 'EUR', minSubtotalMinor: 1_501 }],
    ];
    for (const [reason, fields] of refusals)
      it(`are refused with ${reason}, and nothing is bought`, async () => {
        const product = await platform.product();
        const { code } = await client.coupon({ maxRedemptions: 5, ...fields });
        const { body } = await client.buyWith(alice, code, product.id);
        expect(body).to.include({ status: 409, code: 'COUPON_NOT_APPLICABLE', reason });
        expect(await platform.stockOf(product.id)).to.equal(product.stock);
        expect(await redemptionsOf(code)).to.deep.equal({ counted: 0, rows: 0, unfreed: 0 });
      });

    it('are refused if they are unknown or archived, and with 422 if they are no code', async () => {
      const { id: productId } = await platform.product();
      expect((await client.buyWith(alice, 'NO-SUCH-CODE', productId)).body).to.include({ reason: 'UNKNOWN' });
      const { id, code } = await client.coupon();
      await client.asStaff('DELETE', `/v1/coupons/${id}`, undefined, { 'if-match': '*' });
      expect((await client.buyWith(alice, code, productId)).body).to.include({ reason: 'ARCHIVED' });
      for (const wrong of ['', 'A B', 7, null, ['ABC']])
        expect((await client.buyWith(alice, wrong as string, productId)).status, String(wrong)).to.equal(422);
    });

    it('are redeemed up to their limits, by concurrent purchases too', async () => {
      const { id: productId } = await platform.product({ stock: 100 });
      const { code } = await client.coupon({ maxRedemptions: 5, maxPerUser: 3 });
      const buyers = Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? bob : alice));
      const answers = await Promise.all(buyers.map((who) => client.buyWith(who, code, productId)));
      const reasons = answers.map(({ body }) => body.reason ?? 'bought');
      expect(reasons.filter((reason) => reason === 'bought')).to.have.length(5);
      expect(new Set(reasons)).to.include('USED_UP');
      expect(await redemptionsOf(code)).to.deep.equal({ counted: 5, rows: 5, unfreed: 5 });
      expect(await platform.stockOf(productId)).to.equal(95);
    });

    it('are redeemed once by a repeated request, which is answered after their end too', async () => {
      const { id: productId } = await platform.product();
      const { id, code } = await client.coupon({ maxRedemptions: 1 });
      const key = newId();
      const first = await client.buyWith(alice, code, productId, key);
      await client.edit(id, 1, { endsAt: inPast });
      const again = await client.buyWith(alice, code, productId, key);
      expect(again.status).to.equal(200);
      expect(again.body.data.id).to.equal(first.body.data.id);
      const { code: other } = await client.coupon();
      expect((await client.buyWith(alice, other, productId, key)).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await redemptionsOf(code)).to.deep.equal({ counted: 1, rows: 1, unfreed: 1 });
    });

    it('are not redeemed by a purchase that is refused for its stock', async () => {
      const { id: productId } = await platform.product({ stock: 0 });
      const { code } = await client.coupon({ maxRedemptions: 1 });
      expect((await client.buyWith(alice, code, productId)).body).to.include({ code: 'PRODUCT_OUT_OF_STOCK' });
      expect(await redemptionsOf(code)).to.deep.equal({ counted: 0, rows: 0, unfreed: 0 });
    });

    it('are freed once by a cancel and by a decline, and can be redeemed again', async () => {
      const { id: productId } = await platform.product();
      const { code } = await client.coupon({ maxRedemptions: 1, maxPerUser: 1 });
      const cancelled = await client.buyWith(alice, code, productId);
      expect((await client.buyWith(alice, code, productId)).body).to.include({ reason: 'USED_UP' });
      for (let time = 0; time < 2; time++)
        await platform.call('POST', `/v1/purchases/${cancelled.body.data.id}/cancel`, { token: alice.token });
      expect(await redemptionsOf(code)).to.deep.equal({ counted: 0, rows: 1, unfreed: 0 });
      const declined = await client.buyWith(alice, code, productId);
      expect(declined.status, JSON.stringify(declined.body)).to.equal(202);
      const { id } = declined.body.data;
      for (let time = 0; time < 2; time++)
        await platform.say('purchase-declined', {
          purchaseId: id,
          userId: alice.id,
          amountMinor: 1_350,
          reason: 'INSUFFICIENT_FUNDS',
        });
      await platform.becomes(alice, id, { status: 'declined' });
      expect(await redemptionsOf(code)).to.deep.equal({ counted: 0, rows: 2, unfreed: 0 });
      expect((await client.buyWith(alice, code, productId)).status).to.equal(202);
    });
  });

  describe('with a limit that changes', () => {
    it('keep it above the purchases that count', async () => {
      const { id: productId } = await platform.product();
      const { id, code } = await client.coupon();
      for (const who of [alice, alice, bob]) expect((await client.buyWith(who, code, productId)).status).to.equal(202);
      expect((await client.edit(id, 1, { maxRedemptions: 2 })).body).to.include({ code: 'COUPON_LIMIT_TOO_LOW', redeemed: 3 });
      expect((await client.edit(id, 1, { maxPerUser: 1 })).body).to.include({ code: 'COUPON_LIMIT_TOO_LOW', redeemed: 2 });
      const limited = await client.edit(id, 1, { maxRedemptions: 4, maxPerUser: 2 });
      expect(limited.body.data).to.include({ redemptions: 3 });
      expect((await client.buyWith(alice, code, productId)).body).to.include({ reason: 'USED_UP_BY_USER' });
      expect((await client.buyWith(bob, code, productId)).status).to.equal(202);
      expect((await client.edit(id, 2, { maxRedemptions: 3 })).body).to.include({ code: 'COUPON_LIMIT_TOO_LOW', redeemed: 4 });
      expect((await client.edit(id, 2, { maxRedemptions: null })).body.data).to.not.have.property('redemptions');
      expect((await client.buyWith(platformStranger(), code, productId)).body).to.include({ code: 'WALLET_NOT_READY' });
      expect((await client.edit(id, 3, { maxRedemptions: 4 })).body.data).to.include({ redemptions: 4 });
    });
    const platformStranger = (): Person => platform.stranger();
  });

  it('are reported by the audit if a limit is exceeded or a redemption is missing', async () => {
    const { db } = platform.database;
    const { id: productId } = await platform.product();
    const { id, code } = await client.coupon({ maxRedemptions: 2, maxPerUser: 2, productIds: [productId] });
    const { body } = await client.buyWith(alice, code, productId);
    await client.buyWith(alice, code, productId);
    const [coupon, purchase] = [id, body.data.id].map((one: string) => `X'${idBytes(one).toString('hex')}'`);
    for (const [check, damage] of [
      ['coupon-limits', `UPDATE coupons SET redemptions = 1 WHERE id = ${coupon}`],
      ['coupon-limits', `UPDATE coupons SET max_redemptions = 1, redemptions = 1 WHERE id = ${coupon}`],
      ['coupon-user-limits', `UPDATE coupons SET max_per_user = 1 WHERE id = ${coupon}`],
      ['coupon-scopes', `DELETE FROM coupon_products WHERE coupon_id = ${coupon}`],
      ['redemptions', `UPDATE coupon_redemptions SET freed_at = NOW(3) WHERE purchase_id = ${purchase}`],
      ['redemptions', `DELETE FROM coupon_redemptions WHERE purchase_id = ${purchase}`],
    ] as const) {
      const trx = await db.transaction();
      await trx.raw(damage);
      const found = await findViolations(trx, couponInvariants);
      await trx.rollback();
      expect(
        found.filter((violation) => violation.startsWith(`${check} `)),
        damage,
      ).to.have.length(1);
    }
  });
});
