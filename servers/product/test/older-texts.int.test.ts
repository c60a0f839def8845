import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

/** Texts that the previous release accepted as one line, and this release rejects. */
const texts = ['a\u0000b', 'tab\tand\nline', 'over\u202eride', 'zero\u200bwidth', '\u0007', '\ufffd', '\u00a0', 'trailing '];

describe('texts that an earlier release accepted', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const staff = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, path, { token: platform.staff.token, headers, ...(body === undefined ? {} : { body }) });
  const store = async (table: string, id: string, fields: Record<string, unknown>): Promise<void> => {
    await platform.database
      .db(table)
      .where({ id: idBytes(id) })
      .update(fields);
  };

  for (const text of texts)
    it(`${JSON.stringify(text)} in a product is shown, kept by edits of other fields, and stays in purchases and exports`, async () => {
      const { id } = await platform.product({ sku: newId() });
      await store('products', id, { name: text, description: text });
      const { body } = await platform.call('GET', `/v1/products/${id}`);
      expect(body.data).to.include({ name: text, description: text });
      const edited = await staff('PATCH', `/v1/products/${id}`, { priceMinor: 7 }, { 'if-match': '"1"' });
      expect(edited.body.data).to.include({ priceMinor: 7, name: text, description: text });
      const bought = await platform.buy(alice, [{ productId: id, quantity: 1 }]);
      expect(bought.status).to.equal(202);
      expect(bought.body.data.items[0]).to.include({ name: text });
      await eventually(() => expect(platform.published(bought.body.data.id)).to.have.length(1));
      expect(await platform.purchase(alice, bought.body.data.id)).to.deep.include({ items: bought.body.data.items });
      for (const format of ['csv', 'ndjson']) {
        const url = `http://127.0.0.1:${platform.service.port()}/v1/products/export?format=${format}`;
        const exported = await fetch(url, { headers: { authorization: `Bearer ${platform.staff.token}` } });
        expect(await exported.text()).to.include(body.data.sku);
      }
    });

  it('are sorted and paged like other texts', async () => {
    const seen = new Set<string>();
    for (let next = '/v1/products?sort=name&limit=1'; next !== ''; ) {
      const { status, body, headers } = await platform.call('GET', next);
      expect(status, next).to.equal(200);
      for (const { name } of body.data) seen.add(name);
      [, next = ''] = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
    }
    expect([...seen]).to.include.members(texts);
  });

  it('in a category are shown and kept by edits of other fields', async () => {
    for (const text of texts) {
      const { id } = (await staff('POST', '/v1/categories', { name: 'Toys' })).body.data;
      await store('categories', id, { name: text, description: text });
      expect((await platform.call('GET', `/v1/categories/${id}`)).body.data).to.include({ name: text });
      const edited = await staff('PATCH', `/v1/categories/${id}`, { parentId: null }, { 'if-match': '"1"' });
      expect(edited.body.data).to.include({ name: text, description: text, version: 2 });
    }
    expect((await platform.call('GET', '/v1/categories?tree=true')).status).to.equal(200);
  });

  it('in a tracking code and a reason are shown, and the purchase can still change', async () => {
    for (const text of texts) {
      const { id: productId } = await platform.product();
      const { id } = (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data;
      await platform.say('purchase-paid', { purchaseId: id, userId: alice.id, amountMinor: 1_500, transferId: newId() });
      await platform.becomes(alice, id, { status: 'paid' });
      await staff('POST', `/v1/purchases/${id}/ship`, { trackingCode: 'F 1' });
      await store('purchases', id, { tracking_code: text });
      await platform.database
        .db('purchase_timeline')
        .where({ purchase_id: idBytes(id), type: 'purchase-shipped' })
        .update({ detail: JSON.stringify({ trackingCode: text }) });
      expect(await platform.purchase(alice, id)).to.include({ trackingCode: text });
      const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
      expect(body.data.at(-1).detail).to.deep.equal({ trackingCode: text });
      const delivered = await staff('POST', `/v1/purchases/${id}/deliver`, {});
      expect(delivered.body.data).to.include({ status: 'delivered', trackingCode: text });
      await eventually(() => expect(platform.published(id).at(-1)?.data).to.include({ trackingCode: text }));
    }
  });

  it('are now rejected: names, reasons and codes are one line of well-formed text', async () => {
    const { id: categoryId } = (await staff('POST', '/v1/categories', { name: 'Toys' })).body.data;
    const { id: productId } = await platform.product();
    const { id: purchaseId } = (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data;
    for (const text of [
      'a\u0000b',
      'tab\tand\nline',
      'over\u202eride',
      'zero\u200bwidth',
      '\u0007',
      'half \ud83d',
      '\u0000',
      ' ',
    ]) {
      const answers = [
        await staff('POST', '/v1/products', { name: text, priceMinor: 1, categoryId }),
        await staff('PATCH', `/v1/products/${productId}`, { name: text }, { 'if-match': '"1"' }),
        await staff('POST', '/v1/categories', { name: text }),
        await staff('PATCH', `/v1/categories/${categoryId}`, { name: text }, { 'if-match': '"1"' }),
        await staff('POST', `/v1/purchases/${purchaseId}/cancel`, { reason: text }),
        await staff('POST', `/v1/purchases/${purchaseId}/ship`, { trackingCode: text }),
      ];
      expect(
        answers.map(({ status }) => status),
        JSON.stringify(text),
      ).to.deep.equal(answers.map(() => 422));
    }
    expect(await platform.purchase(alice, purchaseId)).to.include({ status: 'requested' });
  });

  it('are returned trimmed, with LF as line end, and otherwise as sent', async () => {
    const { id: categoryId } = (await staff('POST', '/v1/categories', { name: '  Spiel & Spaß ' })).body.data;
    expect((await platform.call('GET', `/v1/categories/${categoryId}`)).body.data).to.include({ name: 'Spiel & Spaß' });
    const sent = { name: ' 👩‍👩‍👧 kite ', description: 'One\r\ntwo\n\tthree 👍', priceMinor: 1, categoryId };
    const { body } = await staff('POST', '/v1/products', sent);
    expect(body.data).to.include({ name: '👩‍👩‍👧 kite', description: 'One\ntwo\n\tthree 👍' });
    expect((await platform.call('GET', `/v1/products/${body.data.id}`)).body.data).to.include({
      name: body.data.name,
      description: body.data.description,
    });
  });
});
