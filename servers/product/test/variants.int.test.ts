import { idBytes, newId } from '@florin/database';
import { eventually, type HttpClient, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

type Answer = Awaited<ReturnType<HttpClient>>;
type Variant = {
  id: string;
  optionValues: Record<string, string>;
  priceMinor: number;
  stock: number;
  status: string;
  version: number;
};

describe('products with options', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let categoryId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer(100_000_000);
    const category = { token: platform.staff.token, body: { name: 'Clothing' } };
    categoryId = (await platform.call('POST', '/v1/categories', category)).body.data.id;
  });
  after(() => platform.stop());

  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    platform.call('POST', path, { token: platform.staff.token, body, headers });
  const patch = (id: string, body: object, ifMatch = '*'): Promise<Answer> =>
    platform.call('PATCH', `/v1/products/${id}`, { token: platform.staff.token, body, headers: { 'if-match': ifMatch } });
  const archive = (id: string): Promise<Answer> =>
    platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers: { 'if-match': '*' } });
  const read = async (id: string, token: string | undefined = platform.staff.token) =>
    (await platform.call('GET', `/v1/products/${id}`, token === '' ? {} : { token })).body.data;
  const size = (value: string, fields: object = {}): object => ({ optionValues: { Size: value }, ...fields });
  const shirtOf = (...variants: object[]): Promise<Answer> =>
    post('/v1/products', { name: 'Shirt', priceMinor: 1_900, categoryId, options: ['Size'], variants });
  const shirt = async (...variants: object[]): Promise<{ id: string; variants: Variant[] }> => {
    const answer = await shirtOf(...variants);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body.data;
  };
  const variantOf = ({ variants }: { variants: Variant[] }, value: string): Variant => {
    const found = variants.find(({ optionValues }) => optionValues['Size'] === value);
    if (found === undefined) throw new Error(`no variant ${value}`);
    return found;
  };
  const tableOf = (id: string) => platform.database.db('products').where({ parent_id: idBytes(id) });

  for (const [path, body] of [
    [`/v1/products/${newId()}/variants`, { variants: [{ optionValues: { Size: 'M' } }] }],
    [`/v1/products/${newId()}/options`, { options: ['Size'], optionValues: { Size: 'M' } }],
  ] as const) {
    it(`POST ${path.replace(/[0-9a-f-]{36}/, ':id')} requires authentication and staff`, async () => {
      const headers = { 'if-match': '*' };
      expect((await platform.call('POST', path, { body, headers })).body).to.include({ status: 401 });
      const refused = await platform.call('POST', path, { body, headers, token: platform.stranger().token });
      expect(refused.body).to.include({ status: 403, code: 'FORBIDDEN' });
      expect((await post(path, body, headers)).body).to.include({ status: 404, code: 'NOT_FOUND' });
    });
  }

  it('are created with their variants, which are read with the product and by themselves', async () => {
    const made = await post('/v1/products', {
      ...{ name: 'Jersey', description: 'Of wool', priceMinor: 5_000, categoryId, options: ['Size', 'Colour'] },
      variants: [
        { optionValues: { Colour: 'Red', Size: 'M' }, sku: 'JERSEY-M-RED', priceMinor: 4_000, stock: 3 },
        { optionValues: { Size: 'L', Colour: 'Red' } },
      ],
    });
    expect(made.status).to.equal(201);
    const { id, variants, ...parent } = made.body.data;
    expect(made.headers.get('location')).to.equal(`/v1/products/${id}`);
    expect(parent).to.deep.include({ options: ['Size', 'Colour'], stock: 0, status: 'active' });
    expect(variants).to.have.length(2);
    expect(variants[0]).to.deep.include({ optionValues: { Size: 'M', Colour: 'Red' }, priceMinor: 4_000, stock: 3 });
    expect(variants[1]).to.include({ priceMinor: 5_000, stock: 0, sku: null });
    const one = await read(variants[0].id, '');
    expect(one).to.deep.include({ parentId: id, name: 'Jersey', description: 'Of wool', sku: 'JERSEY-M-RED', categoryId });
    expect(one).to.not.have.any.keys('options', 'variants', 'lowStockThreshold', 'archivedWithParent');
    expect(await read(id)).to.deep.equal(made.body.data);
  });

  const refusals: [string, object, object][] = [
    ['101 variants', { variants: Array.from({ length: 101 }, (_, index) => size(`${index}`)) }, { status: 422 }],
    ['two variants with the same values', { variants: [size('M'), size('M')] }, { status: 409, code: 'VARIANT_EXISTS' }],
    ['a variant without a value', { options: ['Size', 'Colour'], variants: [size('M')] }, { status: 422 }],
    ['a value for another option', { variants: [{ optionValues: { Size: 'M', Colour: 'Red' } }] }, { status: 422 }],
    ['an empty value', { variants: [size(' ')] }, { status: 422 }],
    ['four options', { options: ['A', 'B', 'C', 'D'] }, { status: 422 }],
    ['the same option twice', { options: ['Size', 'Size'] }, { status: 422 }],
    ['stock of its own', { stock: 1 }, { status: 422 }],
    ['variants without options', { options: undefined, variants: [size('M')] }, { status: 422 }],
  ];
  for (const [what, fields, problem] of refusals)
    it(`are rejected with ${what}, and nothing is stored`, async () => {
      const name = `Rejected: ${what}`;
      const answer = await post('/v1/products', { name, priceMinor: 1, categoryId, options: ['Size'], ...fields });
      expect(answer.body).to.include(problem);
      expect(await platform.database.db('products').where({ name })).to.deep.equal([]);
    });

  it('take further variants, all or none, and at most 100', async () => {
    const { id } = await shirt(size('S'));
    const added = await post(`/v1/products/${id}/variants`, { variants: [size('M', { stock: 2 }), size('L')] });
    expect(added.status).to.equal(201);
    expect(added.body.data.variants.map(({ optionValues }: Variant) => optionValues['Size'])).to.deep.equal(['S', 'M', 'L']);
    const again = await post(`/v1/products/${id}/variants`, { variants: [size('XL'), size('M')] });
    expect(again.body).to.include({ status: 409, code: 'VARIANT_EXISTS' });
    const many = Array.from({ length: 98 }, (_, index) => size(`${index}`));
    const beyond = await post(`/v1/products/${id}/variants`, { variants: many });
    expect(beyond.body).to.include({ status: 422, code: 'TOO_MANY_VARIANTS' });
    expect(await tableOf(id)).to.have.length(3);
    expect((await post(`/v1/products/${id}/variants`, { variants: many.slice(1) })).status).to.equal(201);
    expect(await tableOf(id)).to.have.length(100);
  });

  it('of which two people add the same variant at the same time have it once', async () => {
    const { id } = await shirt(size('S'));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(`/v1/products/${id}/variants`, { variants: [size('M', { stock: 5 })] })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([201, 409, 409, 409]);
    expect(await tableOf(id)).to.have.length(2);
  });

  it('cannot get variants without options', async () => {
    const { id } = await platform.product();
    const answer = await post(`/v1/products/${id}/variants`, { variants: [size('M')] });
    expect(answer.body).to.include({ status: 409, code: 'PRODUCT_HAS_NO_OPTIONS' });
    expect((await patch(id, { options: ['Size'] })).body).to.include({ status: 409, code: 'PRODUCT_HAS_NO_OPTIONS' });
  });

  it('keep their options while they have variants', async () => {
    const { id } = await shirt(size('M'));
    expect((await patch(id, { options: [] })).status).to.equal(422);
    expect((await patch(id, { options: ['Colour'] })).body).to.include({ status: 409, code: 'OPTION_IN_USE' });
    expect((await patch(id, { options: ['Size'] })).status).to.equal(200);
    const empty = await shirt();
    expect((await patch(empty.id, { options: ['Colour'] })).body.data.options).to.deep.equal(['Colour']);
  });

  it('have no stock and are not bought', async () => {
    const { id } = await shirt(size('M', { stock: 5 }));
    expect((await platform.buy(alice, [{ productId: id, quantity: 1 }])).body).to.include({
      status: 409,
      code: 'VARIANT_REQUIRED',
      productId: id,
    });
    const moved = await post(
      `/v1/products/${id}/stock-movements`,
      { delta: 1, reason: 'delivery' },
      { 'idempotency-key': newId() },
    );
    expect(moved.body).to.include({ status: 409, code: 'VARIANT_REQUIRED' });
    // The release before does not know options.
    const before = platform.database
      .db('products')
      .where({ id: idBytes(id) })
      .update({ stock: 1 });
    expect(await before.then(() => 'done', String)).to.match(/products_parent_stock/);
  });

  it('sell variants: the purchase and its event have the name of the product and the chosen values', async () => {
    const made = await shirt(size('M', { stock: 5, priceMinor: 2_100 }));
    const { id: productId } = variantOf(made, 'M');
    await patch(made.id, { name: 'Linen shirt' });
    const bought = await platform.buy(alice, [{ productId, quantity: 2 }]);
    expect(bought.status).to.equal(202);
    const item = { productId, name: 'Linen shirt', quantity: 2, unitPriceMinor: 2_100, taxRatePercent: 0 };
    const items = [{ ...item, optionValues: { Size: 'M' } }];
    expect(bought.body.data.items).to.deep.equal(items);
    await patch(productId, { optionValues: { Size: 'Medium' } });
    expect((await platform.purchase(alice, bought.body.data.id))['items']).to.deep.equal(items);
    await eventually(() => expect(platform.published(bought.body.data.id)[0]?.data).to.deep.include({ items }));
    expect(await platform.stockOf(productId)).to.equal(3);
    await platform.call('POST', `/v1/purchases/${bought.body.data.id}/cancel`, { token: alice.token, body: {} });
    expect(await platform.stockOf(productId)).to.equal(5);
  });

  describe('and their variants are edited', () => {
    it('with a version of their own', async () => {
      const made = await shirt(size('M'), size('L'));
      const { id } = variantOf(made, 'M');
      expect((await patch(id, { priceMinor: 1 }, '"7"')).status).to.equal(412);
      expect((await patch(id, { priceMinor: 1 }, '"1"')).body.data).to.include({ priceMinor: 1, version: 2 });
      expect(await read(made.id)).to.include({ priceMinor: 1_900, version: 1 });
      expect((await patch(id, { optionValues: { Size: 'L' } })).body).to.include({ status: 409, code: 'VARIANT_EXISTS' });
      expect((await patch(id, { optionValues: { Colour: 'Red' } })).status).to.equal(422);
      expect((await patch(id, { optionValues: { Size: 'XL' } })).body.data.optionValues).to.deep.equal({ Size: 'XL' });
      expect((await patch(made.id, { optionValues: { Size: 'XL' } })).status).to.equal(422);
    });

    it('by the name of the product, which a variant repeats', async () => {
      const made = await shirt(size('M'));
      const { id } = variantOf(made, 'M');
      expect((await patch(id, { name: 'Another' })).body.errors[0]).to.include({ path: 'name' });
      expect((await patch(id, { name: 'Shirt', priceMinor: 3 })).status).to.equal(200);
      expect((await patch(made.id, { name: 'Blouse' })).status).to.equal(200);
      expect(await read(id)).to.include({ name: 'Blouse', priceMinor: 3, version: 3 });
    });
  });

  describe('are archived', () => {
    it('with their variants, which come back with them if they were on sale', async () => {
      const made = await shirt(size('M', { stock: 1 }), size('L'));
      const [medium, large] = [variantOf(made, 'M'), variantOf(made, 'L')];
      await archive(large.id);
      expect((await archive(made.id)).status).to.equal(204);
      expect((await platform.buy(alice, [{ productId: medium.id, quantity: 1 }])).body.code).to.equal('PRODUCT_ARCHIVED');
      expect((await patch(medium.id, { status: 'active' })).body).to.include({ status: 409, code: 'PARENT_NOT_ACTIVE' });
      expect((await post(`/v1/products/${made.id}/variants`, { variants: [size('S', { status: 'active' })] })).body).to.include({
        code: 'PARENT_NOT_ACTIVE',
      });
      await patch(made.id, { status: 'active' });
      expect((await read(medium.id)).status).to.equal('active');
      expect((await read(large.id)).status).to.equal('archived');
      const shown: Variant[] = (await read(made.id, '')).variants;
      expect(shown.map(({ id }) => id)).to.deep.equal([medium.id]);
    });

    it('while a variant is bought: the purchase comes first or is rejected', async () => {
      const made = await shirt(size('M', { stock: 5 }));
      const { id: productId } = variantOf(made, 'M');
      const lock = await platform.database.db.transaction();
      await lock.raw('SELECT id FROM products WHERE id = ? FOR UPDATE', [idBytes(productId)]);
      const archived = archive(made.id);
      await untilWaiting(platform.database.db, 1);
      const bought = platform.buy(alice, [{ productId, quantity: 1 }]);
      await untilWaiting(platform.database.db, 2);
      await lock.rollback();
      expect((await archived).status).to.equal(204);
      const { status, body } = await bought;
      if (status === 202) expect(await platform.stockOf(productId)).to.equal(4);
      else expect(body).to.include({ status: 409, code: 'PRODUCT_ARCHIVED' });
      expect(await platform.buy(alice, [{ productId, quantity: 1 }])).to.have.nested.property('body.code', 'PRODUCT_ARCHIVED');
    });
  });

  describe('are made of a product that is sold', () => {
    const give = (id: string, fields: object = {}, ifMatch = '*'): Promise<Answer> =>
      post(`/v1/products/${id}/options`, { options: ['Size'], optionValues: { Size: 'M' }, ...fields }, { 'if-match': ifMatch });

    it('which becomes the first variant with its id, SKU, stock and movements', async () => {
      const product = await platform.product({ name: 'Cap', sku: 'CAP', stock: 4, lowStockThreshold: 2 });
      expect((await give(product.id, {}, '"2"')).status).to.equal(412);
      expect((await give(product.id, { optionValues: { Colour: 'Red' } })).status).to.equal(422);
      const given = await give(product.id, { variants: [size('L', { stock: 1 })] }, '"1"');
      expect(given.status).to.equal(201);
      const { id, variants } = given.body.data;
      expect(given.body.data).to.deep.include({ name: 'Cap', sku: null, stock: 0, options: ['Size'] });
      expect(variants.map(({ id: each, stock }: Variant) => [each === product.id, stock])).to.deep.equal([
        [true, 4],
        [false, 1],
      ]);
      expect(await read(product.id)).to.deep.include({
        parentId: id,
        sku: 'CAP',
        optionValues: { Size: 'M' },
        version: 2,
        stock: 4,
      });
      expect((await give(product.id)).body).to.include({ status: 409, code: 'PRODUCT_HAS_OPTIONS' });
      expect((await give(id)).body).to.include({ status: 409, code: 'PRODUCT_HAS_OPTIONS' });
    });

    it('while it is bought: each purchase takes its stock once', async () => {
      const { id } = await platform.product({ stock: 50 });
      const purchases = Array.from({ length: 30 }, () => platform.buy(alice, [{ productId: id, quantity: 1 }]));
      const answers = await Promise.all([...purchases.slice(0, 15), give(id), give(id), ...purchases.slice(15)]);
      const given = answers.filter(({ status }) => status === 201 || status === 409);
      expect(given.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([201, 409]);
      expect(answers.filter(({ status }) => status === 202)).to.have.length(30);
      expect(await read(id)).to.include({ stock: 20 });
    });
  });
});
