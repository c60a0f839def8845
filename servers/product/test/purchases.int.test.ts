import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('purchases', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  describe('POST /v1/purchases', () => {
    it('requires authentication', async () => {
      const { status, body } = await platform.call('POST', '/v1/purchases', { body: {} });
      expect(status).to.equal(401);
      expect(body).to.include({ code: 'UNAUTHENTICATED', status: 401 });
    });

    it('writes the purchase, its stock movements and its event together', async () => {
      const { id, name } = await platform.product({ priceMinor: 250, stock: 5 });
      const { status, body, headers } = await platform.buy(alice, [{ productId: id, quantity: 2 }]);
      expect(status).to.equal(202);
      expect(headers.get('location')).to.equal(`/v1/purchases/${body.data.id}`);
      expect(body.data).to.deep.include({
        userId: alice.id,
        status: 'requested',
        items: [{ productId: id, name, quantity: 2, unitPriceMinor: 250, taxRatePercent: 0 }],
        totalMinor: 500,
        currency: 'EUR',
        refund: 'none',
      });
      expect(await platform.stockOf(id)).to.equal(3);
      await eventually(() =>
        expect(platform.published(body.data.id).map(({ type }) => type)).to.deep.equal(['purchase-requested']),
      );
      expect(platform.published(body.data.id)[0]?.data).to.include({ totalMinor: 500, userId: alice.id });
    });

    const refusals: [string, (productId: string) => unknown][] = [
      ['no items', () => ({ items: [] })],
      ['a body without items', () => ({})],
      ['an unknown field', (productId) => ({ items: [{ productId, quantity: 1 }], coupon: 'x' })],
      ['an unknown field of an item', (productId) => ({ items: [{ productId, quantity: 1, priceMinor: 1 }] })],
      ['quantity 0', (productId) => ({ items: [{ productId, quantity: 0 }] })],
      ['a negative quantity', (productId) => ({ items: [{ productId, quantity: -1 }] })],
      ['a fractional quantity', (productId) => ({ items: [{ productId, quantity: 1.5 }] })],
      ['a quantity as text', (productId) => ({ items: [{ productId, quantity: '1' }] })],
      ['a quantity above a million', (productId) => ({ items: [{ productId, quantity: 1_000_001 }] })],
      ['a quantity above all safe integers', (productId) => ({ items: [{ productId, quantity: 1e300 }] })],
      [
        'a product twice',
        (productId) => ({
          items: [
            { productId, quantity: 1 },
            { productId: productId.toUpperCase(), quantity: 1 },
          ],
        }),
      ],
      ['51 items', () => ({ items: Array.from({ length: 51 }, () => ({ productId: newId(), quantity: 1 })) })],
      ['an invalid product id', () => ({ items: [{ productId: 'book', quantity: 1 }] })],
      ['a list for a body', () => []],
    ];
    for (const [what, body] of refusals) {
      it(`rejects ${what} with 422 and changes no stock`, async () => {
        const { id } = await platform.product();
        const answer = await platform.call('POST', '/v1/purchases', {
          token: alice.token,
          body: body(id),
          headers: { 'idempotency-key': newId() },
        });
        expect(answer.status).to.equal(422);
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
        expect(answer.body).to.include({ code: 'VALIDATION_FAILED' });
        expect(answer.body.errors).to.have.length.above(0);
        expect(await platform.stockOf(id)).to.equal(10);
      });
    }

    for (const key of [undefined, '', 'a'.repeat(256), 'with space', 'naïve']) {
      it(`rejects ${key === undefined ? 'a missing key' : `the key ${JSON.stringify(key.slice(0, 12))}`} with 400`, async () => {
        const { id } = await platform.product();
        const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
        const { status, body } = await platform.call('POST', '/v1/purchases', {
          token: alice.token,
          body: { items: [{ productId: id, quantity: 1 }] },
          headers,
        });
        expect(status).to.equal(400);
        expect(body).to.include({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
      });
    }

    it('rejects malformed JSON with 400 and a body that is too large with 413', async () => {
      const malformed = await platform.call('POST', '/v1/purchases', { token: alice.token, body: '{"items": [' });
      expect(malformed.body).to.include({ status: 400, code: 'MALFORMED_JSON' });
      const huge = await platform.call('POST', '/v1/purchases', { token: alice.token, body: { items: 'x'.repeat(110_000) } });
      expect(huge.body).to.include({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    });

    it('rejects an unknown product with 404, and an archived one and too many units with 409', async () => {
      const unknown = await platform.buy(alice, [{ productId: newId(), quantity: 1 }]);
      expect(unknown.status).to.equal(404);
      const archived = await platform.product();
      const removed = await platform.call('DELETE', `/v1/products/${archived.id}`, {
        token: platform.staff.token,
        headers: { 'if-match': '"1"' },
      });
      expect(removed.status).to.equal(204);
      expect((await platform.buy(alice, [{ productId: archived.id, quantity: 1 }])).body).to.include({
        status: 409,
        code: 'PRODUCT_ARCHIVED',
      });
      const few = await platform.product({ stock: 3 });
      expect((await platform.buy(alice, [{ productId: few.id, quantity: 4 }])).body).to.include({
        status: 409,
        code: 'PRODUCT_OUT_OF_STOCK',
      });
      expect(await platform.stockOf(few.id)).to.equal(3);
    });

    it('changes no stock if one product of a purchase is out of stock', async () => {
      const plenty = await platform.product();
      const none = await platform.product({ stock: 0 });
      const answer = await platform.buy(alice, [
        { productId: plenty.id, quantity: 1 },
        { productId: none.id, quantity: 1 },
      ]);
      expect(answer.status).to.equal(409);
      expect(await platform.stockOf(plenty.id)).to.equal(10);
    });

    it('rejects a total beyond the maximum, and two currencies, with 422', async () => {
      const dear = await platform.product({ priceMinor: Number.MAX_SAFE_INTEGER, stock: 1_000_000 });
      expect((await platform.buy(alice, [{ productId: dear.id, quantity: 2 }])).body).to.include({ code: 'VALIDATION_FAILED' });
      const dollars = await platform.product({ currency: 'USD' });
      const euros = await platform.product();
      const mixed = await platform.buy(alice, [
        { productId: dollars.id, quantity: 1 },
        { productId: euros.id, quantity: 1 },
      ]);
      expect(mixed.body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

    it('answers 409 WALLET_NOT_READY with Retry-After until the wallet is known', async () => {
      const { id } = await platform.product();
      const early = await platform.buy(platform.stranger(), [{ productId: id, quantity: 1 }]);
      expect(early.body).to.include({ status: 409, code: 'WALLET_NOT_READY' });
      expect(early.headers.get('retry-after')).to.match(/^\d+$/);
    });

    it('replays a key with the same body, rejects it with another body, and separates the keys of users', async () => {
      const { id } = await platform.product();
      const bob = await platform.buyer();
      const key = newId();
      const first = await platform.buy(alice, [{ productId: id, quantity: 1 }], key);
      const again = await platform.buy(alice, [{ productId: id, quantity: 1 }], key);
      expect(again.status).to.equal(200);
      expect(again.headers.get('idempotent-replayed')).to.equal('true');
      expect(again.body.data.id).to.equal(first.body.data.id);
      const other = await platform.buy(alice, [{ productId: id, quantity: 2 }], key);
      expect(other.body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
      const bobs = await platform.buy(bob, [{ productId: id, quantity: 1 }], key);
      expect(bobs.status).to.equal(202);
      expect(bobs.body.data.id).to.not.equal(first.body.data.id);
      expect(await platform.stockOf(id)).to.equal(8);
    });

    it('replays a key after the product is out of stock', async () => {
      const { id } = await platform.product({ stock: 1 });
      const key = newId();
      await platform.buy(alice, [{ productId: id, quantity: 1 }], key);
      expect((await platform.buy(alice, [{ productId: id, quantity: 1 }], key)).status).to.equal(200);
    });

    it('accepts one purchase for twenty concurrent requests with the same key', async () => {
      const { id } = await platform.product();
      const key = newId();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => platform.buy(alice, [{ productId: id, quantity: 1 }], key)),
      );
      expect(answers.filter(({ status }) => status === 202)).to.have.length(1);
      expect(answers.filter(({ status }) => status === 200)).to.have.length(19);
      expect(new Set(answers.map(({ body }) => body.data.id)).size).to.equal(1);
      expect(await platform.stockOf(id)).to.equal(9);
    });

    it('accepts one of two concurrent requests with one key and different products', async () => {
      const [one, two] = [await platform.product(), await platform.product()];
      const key = newId();
      const answers = await Promise.all([one, two].map(({ id }) => platform.buy(alice, [{ productId: id, quantity: 1 }], key)));
      expect(answers.map(({ status }) => status)).to.have.members([202, 422]);
      expect((await platform.stockOf(one.id)) + (await platform.stockOf(two.id))).to.equal(19);
    });

    it('sells exactly the last ten units to fifty concurrent buyers', async () => {
      const { id } = await platform.product({ stock: 10 });
      const answers = await Promise.all(Array.from({ length: 50 }, () => platform.buy(alice, [{ productId: id, quantity: 1 }])));
      expect(answers.filter(({ status }) => status === 202)).to.have.length(10);
      expect(answers.filter(({ body }) => body.code === 'PRODUCT_OUT_OF_STOCK')).to.have.length(40);
      expect(await platform.stockOf(id)).to.equal(0);
    });

    it('locks products in id order, so that purchases of the same products do not deadlock', async () => {
      const [one, two] = [await platform.product({ stock: 100 }), await platform.product({ stock: 100 })];
      const basket = [
        { productId: one.id, quantity: 1 },
        { productId: two.id, quantity: 1 },
      ];
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => platform.buy(alice, index % 2 === 0 ? basket : [...basket].reverse())),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(40).fill(202));
      expect(await platform.stockOf(one.id)).to.equal(60);
    });

    it('waits for the decision with Prefer: wait', async () => {
      const { id } = await platform.product();
      const waiting = platform.call('POST', '/v1/purchases', {
        token: alice.token,
        body: { items: [{ productId: id, quantity: 1 }] },
        headers: { 'idempotency-key': newId(), prefer: 'wait=20' },
      });
      const purchaseId = await eventually(async () => {
        const { body } = await platform.call('GET', '/v1/purchases?limit=1', { token: alice.token });
        expect(body.data[0].items[0].productId).to.equal(id);
        return body.data[0].id as string;
      });
      await platform.say('purchase-paid', { purchaseId, userId: alice.id, amountMinor: 1_500, transferId: newId() });
      const { status, body, headers } = await waiting;
      expect(status).to.equal(200);
      expect(headers.get('preference-applied')).to.equal('wait=20');
      expect(body.data).to.include({ id: purchaseId, status: 'paid' });
    });

    it('answers 202 after the wait without a decision', async () => {
      const { id } = await platform.product();
      const { status, body } = await platform.call('POST', '/v1/purchases', {
        token: alice.token,
        body: { items: [{ productId: id, quantity: 1 }] },
        headers: { 'idempotency-key': newId(), prefer: 'respond-async, wait=1' },
      });
      expect(status).to.equal(202);
      expect(body.data.status).to.equal('requested');
    });
  });

  describe('outcome events', () => {
    const requested = async (): Promise<{
      productId: string;
      id: string;
      paid: Parameters<typeof platform.say<'purchase-paid'>>[1];
    }> => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 4 }]);
      const id: string = body.data.id;
      return { productId, id, paid: { purchaseId: id, userId: alice.id, amountMinor: 6_000, transferId: newId() } };
    };

    it('paid: the purchase is paid, and the timeline shows it', async () => {
      const { id, paid, productId } = await requested();
      await platform.say('purchase-paid', paid);
      await platform.becomes(alice, id, { status: 'paid', version: 2 });
      const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
      expect(body.data.map(({ type, service }: { type: string; service: string }) => [type, service])).to.deep.equal([
        ['purchase-requested', 'product'],
        ['purchase-paid', 'payment'],
      ]);
      expect(body.data[1].detail).to.deep.equal({ amountMinor: 6_000, transferId: paid.transferId });
      expect(await platform.stockOf(productId)).to.equal(6);
    });

    it('declined: the stock is returned once, also if the event is repeated', async () => {
      const { id, productId } = await requested();
      const data = { purchaseId: id, userId: alice.id, amountMinor: 6_000, reason: 'INSUFFICIENT_FUNDS' };
      const event = await platform.say('purchase-declined', data);
      await platform.publish(event);
      await platform.say('purchase-declined', data);
      await platform.becomes(alice, id, { status: 'declined', declineReason: 'INSUFFICIENT_FUNDS' });
      await eventually(async () => {
        const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
        expect(body.data.map(({ type }: { type: string }) => type)).to.deep.equal([
          'purchase-requested',
          'purchase-declined',
          'purchase-declined',
        ]);
      });
      expect(await platform.stockOf(productId)).to.equal(10);
      const cancel = await platform.call('POST', `/v1/purchases/${id}/cancel`, { token: alice.token });
      expect(cancel.body).to.include({ status: 409, code: 'INVALID_TRANSITION' });
    });

    it('repeated: the timeline keeps 100 steps and the first event of each type', async () => {
      const { id, paid } = await requested();
      const types = async (): Promise<string[]> =>
        platform.database
          .db('purchase_timeline')
          .where({ purchase_id: idBytes(id) })
          .orderBy('id')
          .pluck('type');
      for (let time = 1; time <= 130; time++) await platform.say('purchase-paid', paid);
      await platform.say('purchase-refunded', { purchaseId: id, userId: alice.id, amountMinor: 0 });
      await eventually(async () => expect(await types()).to.include('purchase-refunded'));
      await platform.say('purchase-paid', paid);
      await platform.say('purchase-declined', { purchaseId: id, userId: alice.id, amountMinor: 1, reason: 'INSUFFICIENT_FUNDS' });
      await eventually(async () => expect(await types()).to.include('purchase-declined'));
      expect(await types()).to.deep.equal([
        'purchase-requested',
        ...Array.from({ length: 99 }, () => 'purchase-paid'),
        'purchase-refunded',
        'purchase-declined',
      ]);
      expect(await platform.purchase(alice, id)).to.include({ status: 'paid' });
    });

    for (const late of ['purchase-paid', 'purchase-declined'] as const) {
      it(`${late} after a cancel: unchanged, on the timeline only`, async () => {
        const { id, productId, paid } = await requested();
        await platform.call('POST', `/v1/purchases/${id}/cancel`, { token: alice.token });
        if (late === 'purchase-paid') await platform.say(late, paid);
        else await platform.say(late, { purchaseId: id, userId: alice.id, amountMinor: 6_000, reason: 'INSUFFICIENT_FUNDS' });
        await eventually(async () => {
          const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
          expect(body.data.map(({ type }: { type: string }) => type)).to.include(late);
        });
        expect(await platform.purchase(alice, id)).to.include({ status: 'cancelled', refund: 'pending', version: 2 });
        expect(await platform.stockOf(productId)).to.equal(10);
      });
    }

    for (const [amountMinor, refund] of [
      [6_000, 'done'],
      [0, 'none'],
    ] as const) {
      it(`refunded ${amountMinor} after a cancel: refund ${refund}`, async () => {
        const { id } = await requested();
        await platform.call('POST', `/v1/purchases/${id}/cancel`, { token: alice.token });
        await platform.say('purchase-refunded', { purchaseId: id, userId: alice.id, amountMinor });
        await platform.becomes(alice, id, { status: 'cancelled', refund });
      });
    }
  });

  describe('POST /v1/purchases/:id/cancel', () => {
    it('requires authentication, and answers 404 to other users', async () => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 1 }]);
      const path = `/v1/purchases/${body.data.id}`;
      expect((await platform.call('POST', `${path}/cancel`)).status).to.equal(401);
      const bob = platform.stranger();
      for (const [method, of] of [
        ['POST', '/cancel'],
        ['GET', ''],
        ['GET', '/timeline'],
      ] as const) {
        expect((await platform.call(method, path + of, { token: bob.token })).body).to.include({
          status: 404,
          code: 'NOT_FOUND',
        });
      }
    });

    it('returns the stock and requests one refund, also for repeated and concurrent requests', async () => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 3 }]);
      const path = `/v1/purchases/${body.data.id}/cancel`;
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          platform.call('POST', path, { token: alice.token, body: { reason: 'Changed my mind' } }),
        ),
      );
      for (const answer of answers) {
        expect(answer.status).to.equal(202);
        expect(answer.body.data).to.include({ status: 'cancelled', refund: 'pending', version: 2 });
      }
      expect(await platform.stockOf(productId)).to.equal(10);
      await eventually(() =>
        expect(platform.published(body.data.id).map(({ type, sequence }) => [type, Number(sequence)])).to.deep.equal([
          ['purchase-requested', 1],
          ['purchase-cancelled', 2],
        ]),
      );
      expect(platform.published(body.data.id)[1]?.data).to.deep.include({ by: 'buyer', reason: 'Changed my mind' });
    });

    it('records a cancel by staff as such', async () => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 1 }]);
      expect(
        (await platform.call('POST', `/v1/purchases/${body.data.id}/cancel`, { token: platform.staff.token })).status,
      ).to.equal(202);
      await eventually(() => expect(platform.published(body.data.id)[1]?.data).to.include({ by: 'staff' }));
    });

    it('rejects an unknown field and an invalid id', async () => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 1 }]);
      const path = `/v1/purchases/${body.data.id}/cancel`;
      expect((await platform.call('POST', path, { token: alice.token, body: { why: 'x' } })).status).to.equal(422);
      for (const id of ['1', newId(), '%00', '%ff']) {
        expect((await platform.call('POST', `/v1/purchases/${id}/cancel`, { token: alice.token })).status).to.be.oneOf([
          400, 404,
        ]);
      }
    });

    it('concurrent with the payment ends cancelled, with the stock returned once', async () => {
      const { id: productId } = await platform.product({ stock: 50 });
      const bought = await Promise.all(Array.from({ length: 10 }, () => platform.buy(alice, [{ productId, quantity: 1 }])));
      await Promise.all(
        bought.flatMap(({ body: { data } }) => [
          platform.say('purchase-paid', { purchaseId: data.id, userId: alice.id, amountMinor: 1_500, transferId: newId() }),
          platform.call('POST', `/v1/purchases/${data.id}/cancel`, { token: alice.token }),
        ]),
      );
      for (const { body } of bought) await platform.becomes(alice, body.data.id, { status: 'cancelled', refund: 'pending' });
      expect(await platform.stockOf(productId)).to.equal(50);
    });
  });

  describe('GET /v1/purchases', () => {
    it('requires authentication; lists their own purchases for buyers and all for staff, newest first, in pages', async () => {
      expect((await platform.call('GET', '/v1/purchases')).status).to.equal(401);
      const bob = await platform.buyer();
      const { id: productId } = await platform.product();
      const ids: string[] = [];
      for (let index = 0; index < 3; index++) ids.unshift((await platform.buy(bob, [{ productId, quantity: 1 }])).body.data.id);
      const first = await platform.call('GET', '/v1/purchases?limit=2', { token: bob.token });
      expect(first.body.data.map(({ id }: { id: string }) => id)).to.deep.equal(ids.slice(0, 2));
      const [, next] = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
      const second = await platform.call('GET', next ?? '', { token: bob.token });
      expect(second.body.data.map(({ id }: { id: string }) => id)).to.deep.equal(ids.slice(2));
      expect(second.body.page).to.deep.equal({ limit: 2, nextCursor: null });
      expect((await platform.call('GET', `/v1/purchases?userId=${bob.id}`, { token: alice.token })).status).to.equal(403);
      const staffs = await platform.call('GET', `/v1/purchases?userId=${bob.id}&status=requested`, {
        token: platform.staff.token,
      });
      expect(staffs.body.data).to.have.length(3);
    });

    for (const query of ['limit=0', 'limit=101', 'limit=x', 'page=1', 'status=lost', 'cursor=x', 'from=yesterday']) {
      it(`rejects ?${query} with 422`, async () => {
        const { body } = await platform.call('GET', `/v1/purchases?${query}`, { token: alice.token });
        expect(body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
      });
    }
  });
});

describe('overdue purchases', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ PURCHASE_TIMEOUT_S: '1' });
  });
  after(() => platform.stop());

  it('are cancelled after the timeout, and their stock is returned', async () => {
    const alice = await platform.buyer();
    const { id: productId } = await platform.product();
    const { body } = await platform.buy(alice, [{ productId, quantity: 2 }]);
    await platform.becomes(alice, body.data.id, { status: 'cancelled', refund: 'pending' });
    expect(await platform.stockOf(productId)).to.equal(10);
    await eventually(() => expect(platform.published(body.data.id)[1]?.data).to.include({ by: 'timeout' }));
  });
});
