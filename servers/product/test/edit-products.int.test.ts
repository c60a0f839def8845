import { newId } from '@florin/database';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('PATCH /v1/products/:id', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
  });
  after(() => platform.stop());

  const edit = ({ id, version = 1 }: { id: string; version?: number }, body: unknown) =>
    platform.call('PATCH', `/v1/products/${id}`, {
      token: platform.staff.token,
      body,
      headers: { 'if-match': `"${version}"` },
    });

  it('requires authentication and staff', async () => {
    const path = `/v1/products/${newId()}`;
    const body = { name: 'Kite' };
    expect((await platform.call('PATCH', path, { body })).body).to.include({ status: 401, code: 'UNAUTHENTICATED' });
    const { token } = platform.stranger();
    expect((await platform.call('PATCH', path, { body, token })).body).to.include({ status: 403, code: 'FORBIDDEN' });
  });

  it('requires If-Match with the current version', async () => {
    const { id } = await platform.product();
    const { token } = platform.staff;
    const without = await platform.call('PATCH', `/v1/products/${id}`, { token, body: { name: 'Kite' } });
    expect(without.body).to.include({ status: 428, code: 'PRECONDITION_REQUIRED' });
    expect((await edit({ id, version: 2 }, { name: 'Kite' })).body).to.include({ status: 412, code: 'PRECONDITION_FAILED' });
    expect((await edit({ id: newId() }, { name: 'Kite' })).body).to.include({ status: 404, code: 'NOT_FOUND' });
  });

  const refused: [string, Record<string, unknown>][] = [
    ['no change', {}],
    ['a negative price', { priceMinor: -1 }],
    ['a price as text', { priceMinor: '100' }],
    ['an empty name', { name: '' }],
    ['stock, which only movements change', { stock: 5 }],
    ['a negative threshold', { lowStockThreshold: -1 }],
    ['a SKU that begins like a formula', { sku: '=1+1' }],
    ['a SKU of spaces', { sku: ' ' }],
    ['a SKU that is too long', { sku: 'A'.repeat(65) }],
    ['a category that does not exist', { categoryId: newId() }],
    ['an invalid status', { status: 'sold' }],
    ['null as name', { name: null }],
    ['an unknown field', { version: 7 }],
  ];
  for (const [what, body] of refused) {
    it(`rejects ${what}`, async () => {
      const { id } = await platform.product();
      expect((await edit({ id }, body)).status).to.equal(422);
      expect((await platform.call('GET', `/v1/products/${id}`)).body.data.version).to.equal(1);
    });
  }

  it('changes the given fields only, and removes optional fields with null', async () => {
    const made = await platform.product({ sku: 'TEA-1', lowStockThreshold: 3, imageUrl: 'https://florin.example/tea.png' });
    const first = await edit(made, { name: 'Tea', priceMinor: 700 });
    expect(first.status).to.equal(200);
    expect(first.headers.get('etag')).to.equal('"2"');
    expect(first.body.data).to.include({
      name: 'Tea',
      priceMinor: 700,
      sku: 'TEA-1',
      lowStockThreshold: 3,
      stock: 10,
      version: 2,
    });
    const second = await edit({ ...made, version: 2 }, { sku: null, lowStockThreshold: null, imageUrl: null });
    expect(second.body.data).to.include({ sku: null, lowStockThreshold: null, imageUrl: null, name: 'Tea', version: 3 });
    expect((await platform.call('GET', `/v1/products/${made.id}`)).body.data).to.not.have.property('lowStockThreshold');
    const { body: log } = await platform.call('GET', `/v1/product/audit-log?subject=${made.id}`, { token: platform.admin.token });
    expect(log.data.map(({ action }: { action: string }) => action)).to.deep.equal([
      'product.edit',
      'product.edit',
      'product.create',
    ]);
    expect(log.data[1]).to.deep.include({
      before: { name: 'A novel', priceMinor: 1_500 },
      after: { name: 'Tea', priceMinor: 700 },
    });
  });

  it('accepts one of two concurrent changes of the same version', async () => {
    const made = await platform.product();
    const answers = await Promise.all([100, 200, 300, 400].map((priceMinor) => edit(made, { priceMinor })));
    expect(answers.map(({ status }) => status)).to.have.members([200, 412, 412, 412]);
    const won = answers.find(({ status }) => status === 200)?.body.data.priceMinor;
    expect((await platform.call('GET', `/v1/products/${made.id}`)).body.data).to.include({ priceMinor: won, version: 2 });
  });

  it('rejects the SKU of another product', async () => {
    await platform.product({ sku: 'PEN-1' });
    const other = await platform.product({ sku: 'pen-1' });
    expect((await edit(other, { sku: 'PEN-1' })).body).to.include({ status: 409, code: 'SKU_TAKEN' });
    const { categoryId } = (await platform.call('GET', `/v1/products/${other.id}`)).body.data;
    const again = { name: 'Pen', priceMinor: 1, categoryId, sku: 'PEN-1' };
    const answer = await platform.call('POST', '/v1/products', { token: platform.staff.token, body: again });
    expect(answer.body).to.include({ status: 409, code: 'SKU_TAKEN' });
  });

  it('keeps the name and the price in existing purchases', async () => {
    const made = await platform.product({ name: 'Old name', priceMinor: 1_000 });
    const buyer = await platform.buyer();
    const { body: bought } = await platform.buy(buyer, [{ productId: made.id, quantity: 2 }]);
    expect((await edit(made, { name: 'New name', priceMinor: 9_999 })).status).to.equal(200);
    const then = { name: 'Old name', unitPriceMinor: 1_000, quantity: 2, productId: made.id, taxRatePercent: 0 };
    expect(await platform.purchase(buyer, bought.data.id)).to.deep.include({ totalMinor: 2_000, items: [then] });
    const { body: later } = await platform.buy(buyer, [{ productId: made.id, quantity: 1 }]);
    expect(later.data).to.deep.include({ totalMinor: 9_999 });
  });

  it('increments the version on edits, but not on sales', async () => {
    const made = await platform.product();
    await platform.buy(await platform.buyer(), [{ productId: made.id, quantity: 1 }]);
    expect((await platform.call('GET', `/v1/products/${made.id}`)).body.data).to.include({ stock: 9, version: 1 });
    expect((await edit(made, { priceMinor: 5 })).status).to.equal(200);
  });

  it('puts an archived product back on sale', async () => {
    const made = await platform.product();
    const archived = await edit(made, { status: 'archived' });
    expect(archived.body.data).to.include({ status: 'archived', version: 2 });
    const refusal = await platform.buy(await platform.buyer(), [{ productId: made.id, quantity: 1 }]);
    expect(refusal.body).to.include({ status: 409, code: 'PRODUCT_ARCHIVED' });
    expect((await edit({ ...made, version: 2 }, { status: 'active' })).body.data).to.include({ status: 'active', version: 3 });
  });
});
