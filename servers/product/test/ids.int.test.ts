import { idBytes, newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

/** The request of an endpoint with an id in its path, and the answer for an existing id. */
type Case = {
  make(): Promise<string>;
  status: number;
  who: 'staff' | 'admin';
  body?: unknown;
  headers?: Record<string, string>;
};

describe('ids', () => {
  let platform: ProductPlatform;
  let alice: Person;
  /** Greater than all ids of the outbox. */
  let parkedEvents = 1_000_000;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ REFUND_REVIEW_ABOVE_MINOR: '1000' });
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const makeCategory = async (): Promise<string> =>
    (await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: `Books ${newId()}` } })).body.data
      .id;
  const version = { 'if-match': '"1"' };
  const makeProduct = async (): Promise<string> => (await platform.product()).id;
  const makeParent = async (): Promise<string> => {
    const given = await platform.call('POST', `/v1/products/${await makeProduct()}/options`, {
      token: platform.staff.token,
      body: { options: ['Size'], optionValues: { Size: 'M' } },
      headers: version,
    });
    return given.body.data.id;
  };
  const makeCoupon = async (): Promise<string> =>
    (
      await platform.call('POST', '/v1/coupons', {
        token: platform.staff.token,
        body: { code: `C-${newId().slice(-12)}`, kind: 'percent', percent: 10 },
      })
    ).body.data.id;
  const makePurchase = async (): Promise<string> =>
    (await platform.buy(alice, [{ productId: await makeProduct(), quantity: 1 }])).body.data.id;
  const makeCartItem = async (): Promise<string> => {
    const productId = await makeProduct();
    await platform.call('PUT', `/v1/cart/items/${productId}`, { token: platform.staff.token, body: { quantity: 1 } });
    return productId;
  };
  const makePaid = async (): Promise<string> => {
    const purchaseId = await makePurchase();
    await platform.say('purchase-paid', { purchaseId, userId: alice.id, amountMinor: 1_500, transferId: newId() });
    await platform.becomes(alice, purchaseId, { status: 'paid' });
    return purchaseId;
  };
  const makeShipped = async (): Promise<string> => {
    const id = await makePaid();
    await platform.call('POST', `/v1/purchases/${id}/ship`, { token: platform.staff.token });
    return id;
  };
  const makeMethod = async (): Promise<string> => {
    const body = { name: 'Parcel', priceMinor: 490, minDays: 1, maxDays: 2 };
    return (await platform.call('POST', '/v1/delivery-methods', { token: platform.staff.token, body })).body.data.id;
  };
  const makeDelivered = async (): Promise<string> => {
    const id = await makeShipped();
    await platform.call('POST', `/v1/purchases/${id}/deliver`, { token: platform.staff.token });
    return id;
  };
  const keyed = () => ({ 'idempotency-key': newId() });
  const makeClaim = async (): Promise<string> => {
    const id = await makeDelivered();
    const { items } = await platform.purchase(alice, id);
    const { productId } = (items as { productId: string }[])[0] ?? {};
    const body = { items: [{ productId, quantity: 1 }], reason: 'other' };
    const { data } = (await platform.call('POST', `/v1/purchases/${id}/claims`, { token: alice.token, body, headers: keyed() }))
      .body;
    return data.id;
  };
  const makeReturn = async (): Promise<string> => {
    const id = await makeClaim();
    const body = { refundMinor: 1, restock: true, returnRequired: true };
    await platform.call('POST', `/v1/claims/${id}/approve`, { token: platform.staff.token, body });
    return id;
  };
  const makeRefund = async (): Promise<string> => {
    const colleague = platform.renewed({ id: newId(), token: '' }, ['buyer', 'staff']);
    const path = `/v1/purchases/${await makePaid()}/refunds`;
    const body = { amountMinor: 1_500, reason: 'Late' };
    return (await platform.call('POST', path, { token: colleague.token, body, headers: keyed() })).body.data.id;
  };
  const makeImport = async (): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${platform.service.port()}/v1/products/import`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `Bearer ${platform.staff.token}`,
        'idempotency-key': newId(),
      },
      body: JSON.stringify({ sku: newId(), name: 'A board', priceMinor: 1, categoryId: await makeCategory() }),
    });
    return ((await response.json()) as { data: { id: string } }).data.id;
  };
  const makeCustomer = async (): Promise<string> => {
    const userId = newId();
    await platform.say('contact-changed', { userId, email: `${userId}@example.com`, name: null });
    await eventually(async () =>
      expect(await platform.database.db('contacts').where({ user_id: idBytes(userId) })).to.have.length(1),
    );
    return userId;
  };
  /** The dead letter of a poison event: its purchase does not exist. */
  const makeDeadLetter = async (): Promise<string> => {
    const purchaseId = newId();
    await platform.say('purchase-paid', { purchaseId, userId: newId(), amountMinor: 1, transferId: newId() });
    return eventually(async () => {
      const { body } = await platform.call('GET', '/v1/product/dead-letters', { token: platform.admin.token });
      const letter = body.data.find(({ value }: { value: string }) => value.includes(purchaseId));
      expect(letter).to.be.an('object');
      return letter.id as string;
    });
  };
  const makeParkedEvent = async (): Promise<string> => {
    const { key, event } = makeEvent('purchase-shipped', { sequence: 1, data: { purchaseId: newId(), userId: newId() } });
    await platform.database.db('parked_outbox').insert({
      id: ++parkedEvents,
      event_id: idBytes(event.id),
      topic: 'florin.purchases',
      message_key: Buffer.from(key),
      type: event.type,
      payload: JSON.stringify(event),
      created_at: new Date(),
      reason: 'MESSAGE_TOO_LARGE',
    });
    return event.id;
  };

  const claimBody = { items: [{ productId: newId(), quantity: 1 }], reason: 'other' };

  const cases: Record<string, Case> = {
    'get /v1/categories/:id': { make: makeCategory, status: 200, who: 'staff' },
    'patch /v1/categories/:id': { make: makeCategory, status: 200, who: 'staff', body: { name: 'Toys' }, headers: version },
    'delete /v1/categories/:id': { make: makeCategory, status: 204, who: 'staff', headers: version },
    'get /v1/coupons/:id': { make: makeCoupon, status: 200, who: 'staff' },
    'patch /v1/coupons/:id': { make: makeCoupon, status: 200, who: 'staff', body: { percent: 20 }, headers: version },
    'delete /v1/coupons/:id': { make: makeCoupon, status: 204, who: 'staff', headers: version },
    'get /v1/product-imports/:id': { make: makeImport, status: 200, who: 'staff' },
    'get /v1/product-imports/:id/rows': { make: makeImport, status: 200, who: 'staff' },
    'get /v1/products/:id': { make: makeProduct, status: 200, who: 'staff' },
    'patch /v1/products/:id': { make: makeProduct, status: 200, who: 'staff', body: { name: 'A kite' }, headers: version },
    'delete /v1/products/:id': { make: makeProduct, status: 204, who: 'staff', headers: version },
    'post /v1/products/:id/options': {
      make: makeProduct,
      status: 201,
      who: 'staff',
      body: { options: ['Size'], optionValues: { Size: 'M' } },
      headers: version,
    },
    'post /v1/products/:id/variants': {
      make: makeParent,
      status: 201,
      who: 'staff',
      body: { variants: [{ optionValues: { Size: 'L' } }] },
    },
    'get /v1/products/:id/stock-movements': { make: makeProduct, status: 200, who: 'staff' },
    'post /v1/products/:id/stock-movements': {
      make: makeProduct,
      status: 201,
      who: 'staff',
      body: { delta: 1, reason: 'delivery' },
    },
    'get /v1/customers/:userId': { make: makeCustomer, status: 200, who: 'staff' },
    'get /v1/purchases/:id': { make: makePurchase, status: 200, who: 'staff' },
    'get /v1/purchases/:id/timeline': { make: makePurchase, status: 200, who: 'staff' },
    'post /v1/purchases/:id/cancel': { make: makePurchase, status: 202, who: 'staff', body: { reason: 'No reason' } },
    'post /v1/purchases/:id/ship': { make: makePaid, status: 200, who: 'staff', body: { trackingCode: 'F 1' } },
    'post /v1/purchases/:id/deliver': { make: makeShipped, status: 200, who: 'staff', body: {} },
    'post /v1/purchases/:id/reorder': { make: makePurchase, status: 200, who: 'staff' },
    'put /v1/cart/items/:productId': { make: makeProduct, status: 200, who: 'staff', body: { quantity: 1 } },
    'delete /v1/cart/items/:productId': { make: makeCartItem, status: 204, who: 'staff' },
    'get /v1/purchases/:id/delivery': { make: makePurchase, status: 200, who: 'staff' },
    'put /v1/purchases/:id/delivery/address': {
      make: makePurchase,
      status: 200,
      who: 'staff',
      body: { name: 'Ada', line1: 'Ring 1', postalCode: '1010', city: 'Vienna', country: 'AT' },
    },
    'post /v1/purchases/:id/delivery/events': {
      make: makePaid,
      status: 201,
      who: 'staff',
      body: { status: 'packed', at: '2026-11-27T12:00:00Z' },
    },
    'post /v1/purchases/:id/claim-packing': { make: makePaid, status: 200, who: 'staff' },
    'get /v1/purchases/:id/packing-slip': { make: makePurchase, status: 200, who: 'staff' },
    'get /v1/delivery-methods/:id': { make: makeMethod, status: 200, who: 'staff' },
    'patch /v1/delivery-methods/:id': { make: makeMethod, status: 200, who: 'staff', body: { name: 'Post' }, headers: version },
    'delete /v1/delivery-methods/:id': { make: makeMethod, status: 204, who: 'staff', headers: version },
    // Only the owner may claim or withdraw: staff get 404 for every id.
    'post /v1/purchases/:id/claims': { make: makeDelivered, status: 404, who: 'staff', body: claimBody },
    'post /v1/claims/:id/withdraw': { make: makeClaim, status: 404, who: 'staff' },
    'get /v1/claims/:id': { make: makeClaim, status: 200, who: 'staff' },
    'get /v1/claims/:id/messages': { make: makeClaim, status: 200, who: 'staff' },
    'post /v1/claims/:id/messages': { make: makeClaim, status: 201, who: 'staff', body: { text: 'Hello' } },
    'post /v1/claims/:id/approve': {
      make: makeClaim,
      status: 200,
      who: 'staff',
      body: { refundMinor: 1, restock: false, returnRequired: false },
    },
    'post /v1/claims/:id/reject': { make: makeClaim, status: 200, who: 'staff', body: { reason: 'No' } },
    'post /v1/claims/:id/received': { make: makeReturn, status: 200, who: 'staff' },
    'post /v1/purchases/:id/refunds': { make: makePaid, status: 201, who: 'staff', body: { amountMinor: 1, reason: 'Late' } },
    'post /v1/refunds/:id/approve': { make: makeRefund, status: 200, who: 'staff' },
    'post /v1/refunds/:id/reject': { make: makeRefund, status: 200, who: 'staff' },
    'get /v1/product/dead-letters/:id': { make: makeDeadLetter, status: 200, who: 'admin' },
    // The replay fails: the purchase still does not exist.
    'post /v1/product/dead-letters/:id/replay': { make: makeDeadLetter, status: 409, who: 'admin' },
    'delete /v1/product/dead-letters/:id': { make: makeDeadLetter, status: 204, who: 'admin' },
    'get /v1/product/parked-events/:id': { make: makeParkedEvent, status: 200, who: 'admin' },
    'post /v1/product/parked-events/:id/replay': { make: makeParkedEvent, status: 200, who: 'admin' },
    'delete /v1/product/parked-events/:id': { make: makeParkedEvent, status: 204, who: 'admin' },
  };

  const call = (name: string, id: string) => {
    const [method = '', path = ''] = name.split(' ');
    const { who, body, headers } = cases[name] as Case;
    return platform.call(method.toUpperCase(), path.replace(/:\w*id\b/i, id), {
      token: platform[who].token,
      ...(body === undefined ? {} : { body }),
      headers: { 'idempotency-key': newId(), ...headers },
    });
  };

  it('are tested at every endpoint with an id in its path', () => {
    const withId = platform.service.endpoints.filter(({ path }) => /:\w*id\b/i.test(path));
    expect(withId.map(({ method, path }) => `${method} ${path}`)).to.have.members(Object.keys(cases));
  });

  for (const [name, { make, status }] of Object.entries(cases)) {
    it(`${name}: an id in upper case is the same id`, async () => {
      const id = await make();
      const answer = await call(name, id.toUpperCase());
      expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
      const { data } = answer.body ?? {};
      if (data?.id !== undefined)
        expect([data.id, data.productId, data.purchaseId, data.claimId, data.variants?.[0]?.id]).to.include(id);
      expect(JSON.stringify(answer.body ?? '')).to.not.include(id.toUpperCase());
    });

    it(`${name}: answers 404 for an invalid and an unknown id`, async () => {
      const id = await make();
      const before = await snapshot();
      for (const wrong of [
        newId(),
        newId().toUpperCase(),
        id.replaceAll('-', ''),
        id.replaceAll('-', '').toUpperCase(),
        `{${id}}`,
        `%7B${id}%7D`,
        `${id}0`,
        `${id}%00`,
        `%20${id}`,
        id.slice(0, -1),
        '0',
        'null',
        '%FF%FE',
      ]) {
        const answer = await call(name, wrong);
        expect(answer.status, wrong).to.be.oneOf(wrong === '%FF%FE' ? [400, 404] : [404]);
      }
      expect(await snapshot()).to.deep.equal(before);
    });
  }

  /** The rows that an operation on an unknown id could have written. */
  async function snapshot(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of [
      'audit_log',
      'purchase_timeline',
      'stock_movements',
      'products',
      'categories',
      'coupons',
      'dead_letters',
      'delivery_events',
      'packing_claims',
      'purchase_addresses',
    ]) {
      const [row] = (await platform.database.db(table).count('* AS found')) as { found: number }[];
      counts[table] = row?.found ?? 0;
    }
    return counts;
  }

  it('in upper case cancel a purchase', async () => {
    const id = await makePurchase();
    const { body } = await platform.call('POST', `/v1/purchases/${id.toUpperCase()}/cancel`, { token: alice.token });
    expect(body.data).to.include({ id, status: 'cancelled', refund: 'pending', version: 2 });
    expect(body.data.items).to.have.length(1);
    await eventually(() => expect(platform.published(id).map(({ type }) => type)).to.include('purchase-cancelled'));
  });

  it('in upper case name the same product, category, parent and buyer in bodies and queries', async () => {
    const parentId = await makeCategory();
    const { token } = platform.staff;
    const upper = (id: string): string => id.toUpperCase();
    const child = await platform.call('POST', '/v1/categories', { token, body: { name: 'Toys', parentId: upper(parentId) } });
    expect(child.body.data).to.include({ parentId });
    const moved = await platform.call('PATCH', `/v1/categories/${upper(parentId)}`, {
      token,
      body: { parentId: upper(child.body.data.id) },
      headers: version,
    });
    expect(moved.body).to.include({ status: 409, code: 'CATEGORY_CYCLE' });
    const product = await platform.product({ categoryId: upper(parentId), sku: newId() });
    expect(product).to.include({ categoryId: parentId });
    const bought = await platform.buy(alice, [{ productId: upper(product.id), quantity: 1 }]);
    expect(bought.body.data.items[0]).to.include({ productId: product.id });
    const listed = await platform.call('GET', `/v1/purchases?productId=${upper(product.id)}&userId=${upper(alice.id)}`, {
      token,
    });
    expect(listed.body.data.map(({ id }: { id: string }) => id)).to.deep.equal([bought.body.data.id]);
    const inCategory = await platform.call('GET', `/v1/products?categoryId=${upper(parentId)}`);
    expect(inCategory.body.data.map(({ id }: { id: string }) => id)).to.deep.equal([product.id]);
    const log = await platform.call('GET', `/v1/product/audit-log?subject=${product.id}`, { token: platform.admin.token });
    expect(log.body.data).to.have.length(1);
  });

  it('are rejected with 422 in bodies and queries if they are invalid', async () => {
    const { token } = platform.staff;
    const id = await makeCategory();
    for (const wrong of [id.replaceAll('-', ''), `{${id}}`, `${id} `, 'x', '']) {
      const product = { name: 'A kite', priceMinor: 1, categoryId: wrong };
      expect((await platform.call('POST', '/v1/products', { token, body: product })).status, wrong).to.equal(422);
      const items = [{ productId: wrong, quantity: 1 }];
      expect((await platform.buy(alice, items)).status, wrong).to.equal(422);
      for (const query of ['products?categoryId', 'purchases?productId', 'purchases?userId', 'categories?parentId'])
        expect((await platform.call('GET', `/v1/${query}=${encodeURIComponent(wrong)}`, { token })).status, query).to.equal(422);
    }
  });

  it('in upper case accept a cursor of the same list', async () => {
    const id = await makeShipped();
    const path = `/v1/purchases/${id}/timeline`;
    const { body } = await platform.call('GET', `${path}?limit=1`, { token: alice.token });
    const second = await platform.call('GET', `/v1/purchases/${id.toUpperCase()}/timeline?cursor=${body.page.nextCursor}`, {
      token: alice.token,
    });
    expect(second.body.data.map(({ type }: { type: string }) => type)).to.deep.equal(['purchase-paid', 'purchase-shipped']);
  });
});
