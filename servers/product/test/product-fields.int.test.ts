import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const all = {
  sku: 'TEA-1',
  slug: 'assam-tea',
  brand: 'Leaf & Pot',
  barcode: '4006381333931',
  priceMinor: 1_250,
  compareAtPriceMinor: 1_490,
  taxRatePercent: 7.7,
  images: [
    { url: 'https://i.example/1.png', alt: 'A tin' },
    { url: 'https://i.example/2.png', alt: '' },
  ],
  tags: ['black', 'loose leaf'],
  attributes: { Origin: 'India', Größe: '100 g' },
  weightGrams: 120,
};

describe('further fields of products', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ TAX_RATE_PERCENT: '19' });
  });
  after(() => platform.stop());

  const read = async (id: string, token?: string) => platform.call('GET', `/v1/products/${id}`, token ? { token } : {});
  const edit = ({ id, version = 1 }: { id: string; version?: number }, body: unknown) =>
    platform.call('PATCH', `/v1/products/${id}`, {
      token: platform.staff.token,
      body,
      headers: { 'if-match': `"${version}"` },
    });
  const create = async (body: Record<string, unknown>) => {
    const { id } = await platform.product();
    const { categoryId } = (await read(id)).body.data;
    const fields = { name: 'Tea', priceMinor: 1_250, categoryId, ...body };
    return platform.call('POST', '/v1/products', { token: platform.staff.token, body: fields });
  };
  const stored = (id: string) => platform.database.db('products').where({ id: idBytes(id) });

  it('are stored, shown to everyone, and audited', async () => {
    const { id } = await platform.product(all);
    expect((await read(id)).body.data).to.deep.include({ ...all, imageUrl: 'https://i.example/1.png', status: 'active' });
    const [listed] = (await platform.call('GET', '/v1/products?limit=1')).body.data;
    expect(listed).to.deep.include({ id, ...all });
    const { body: log } = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
    expect(log.data[0].after).to.deep.include(all);
  });

  it('have defaults, and the tax rate of the shop', async () => {
    const { id } = await platform.product({ name: 'Größe 42' });
    expect((await read(id)).body.data).to.deep.include({
      slug: 'große-42',
      brand: null,
      barcode: null,
      compareAtPriceMinor: null,
      taxRatePercent: 19,
      imageUrl: null,
      images: [],
      tags: [],
      attributes: {},
      weightGrams: null,
    });
    expect((await platform.call('GET', '/v1/shop')).body.data).to.include({ taxRatePercent: 19 });
  });

  it('are changed one by one, and removed', async () => {
    const made = await platform.product({ ...all, sku: 'TEA-2', slug: 'tea-2' });
    expect((await edit(made, { tags: ['green'], attributes: {} })).body.data).to.deep.include({
      tags: ['green'],
      attributes: {},
      brand: 'Leaf & Pot',
    });
    const removed = { brand: null, barcode: null, compareAtPriceMinor: null, weightGrams: null, images: [], tags: [] };
    expect((await edit({ ...made, version: 2 }, removed)).body.data).to.deep.include({ ...removed, imageUrl: null });
    const labels = await platform.database.db('product_labels').where({ product_id: idBytes(made.id) });
    expect(labels).to.deep.equal([]);
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ['a barcode with a wrong check digit', { barcode: '4006381333932' }, 'barcode'],
    ['a barcode of 11 digits', { barcode: '40063813339' }, 'barcode'],
    ['a former price that is not above the price', { compareAtPriceMinor: 1_250 }, 'compareAtPriceMinor'],
    ['a negative weight', { weightGrams: -1 }, 'weightGrams'],
    ['a tag with a comma', { tags: ['a,b'] }, 'tags.0'],
    ['a tag twice, spelled in two ways', { tags: ['\u00e9', 'e\u0301'] }, 'tags.1'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'tags'],
    ['a tag of 41 characters', { tags: ['x'.repeat(41)] }, 'tags.0'],
    [
      '51 attributes',
      { attributes: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 'x'])) },
      'attributes',
    ],
    ['an attribute that is a number', { attributes: { Size: 42 } }, 'attributes.Size'],
    ['an attribute without a name', { attributes: { ' ': 'x' } }, 'attributes. '],
    ['an attribute twice, spelled in two ways', { attributes: { Size: 'M', ' Size': 'L' } }, 'attributes'],
    ['11 images', { images: Array(11).fill({ url: 'https://i.example/1.png' }) }, 'images'],
    ['an image without an address', { images: [{ alt: 'A tin' }] }, 'images.0'],
    ['an image that runs a script', { images: [{ url: 'javascript:alert(1)' }] }, 'images.0.url'],
    ['an imageUrl that is not the first image', { imageUrl: 'https://i.example/9.png', images: all.images }, 'imageUrl'],
    ['a tax rate above 100', { taxRatePercent: 101 }, 'taxRatePercent'],
    ['a tax rate of three decimals', { taxRatePercent: 7.777 }, 'taxRatePercent'],
    ['a slug with a slash', { slug: 'a/b' }, 'slug'],
    ['a slug in capitals', { slug: 'Tea' }, 'slug'],
    ['null as tags', { tags: null }, 'tags'],
  ];
  for (const [what, body, path] of refused)
    it(`reject ${what}`, async () => {
      const created = await create(body);
      expect(created.body, JSON.stringify(created.body)).to.include({ status: 422, code: 'VALIDATION_FAILED' });
      expect(created.body.errors.map((error: { path: string }) => error.path)).to.include(path);
      const { id } = await platform.product({ priceMinor: 1_250 });
      expect((await edit({ id }, body)).status).to.equal(422);
      expect((await read(id)).body.data.version).to.equal(1);
    });

  it('accept barcodes of 8, 12, 13 and 14 digits', async () => {
    for (const barcode of ['96385074', '036000291452', '4006381333931', '10012345678902'])
      expect((await create({ barcode })).body.data).to.include({ barcode });
  });

  it('reject a price above the former price, and take both together', async () => {
    const made = await platform.product({ priceMinor: 100, compareAtPriceMinor: 200 });
    const answer = await edit(made, { priceMinor: 200 });
    expect(answer.body).to.include({ status: 422 });
    expect(answer.body.errors).to.deep.equal([
      { path: 'compareAtPriceMinor', message: 'compareAtPriceMinor must be above priceMinor: it is 200, the price 200' },
    ]);
    expect((await edit(made, { priceMinor: 200, compareAtPriceMinor: null })).status).to.equal(200);
  });

  it('keep imageUrl the first of images', async () => {
    const made = await platform.product({ imageUrl: 'https://i.example/a.png' });
    expect((await read(made.id)).body.data.images).to.deep.equal([{ url: 'https://i.example/a.png', alt: '' }]);
    const several = await edit(made, { images: all.images });
    expect(several.body.data.imageUrl).to.equal(all.images[0]?.url);
    const [, second] = all.images;
    const other = await edit({ ...made, version: 2 }, { imageUrl: 'https://i.example/b.png' });
    expect(other.body.data.images).to.deep.equal([{ url: 'https://i.example/b.png', alt: '' }, second]);
    const removed = await edit({ ...made, version: 3 }, { imageUrl: null });
    expect(removed.body.data).to.deep.include({ images: [second], imageUrl: second?.url });
  });

  describe('slugs', () => {
    it('are unique: one that is given is rejected, one that is made gets an end', async () => {
      const first = (await create({ name: 'Café Crème №5' })).body.data;
      expect(first.slug).to.equal('cafe-creme-no5');
      const second = (await create({ name: 'Cafe creme, no5' })).body.data;
      expect(second.slug).to.equal(`cafe-creme-no5-${second.id.slice(-8)}`);
      expect((await create({ slug: first.slug })).body).to.include({ status: 409, code: 'SLUG_TAKEN' });
      expect((await edit(second, { slug: first.slug })).body).to.include({ status: 409, code: 'SLUG_TAKEN' });
      expect((await edit(first, { slug: null })).body.data.slug).to.equal('cafe-creme-no5');
    });

    it('stay when the name changes', async () => {
      const made = (await create({ name: 'Old name of a kite' })).body.data;
      expect((await edit(made, { name: 'New name' })).body.data.slug).to.equal('old-name-of-a-kite');
    });

    it('keep the letters of any script, and have a word for a name without letters', async () => {
      expect((await create({ name: '緑茶 ティーポット 2' })).body.data.slug).to.equal('緑茶-ティーポット-2');
      expect((await create({ name: '★★★' })).body.data.slug).to.equal('product');
    });

    it('differ for products that are created with one name at the same time', async () => {
      const made = await Promise.all(Array.from({ length: 6 }, () => create({ name: 'Seven at one blow' })));
      expect(made.map(({ status }) => status)).to.deep.equal(Array(6).fill(201));
      expect(new Set(made.map(({ body }) => body.data.slug)).size).to.equal(6);
    });

    it('find their product', async () => {
      const { id } = await platform.product({ slug: 'found-by-slug' });
      const { body } = await platform.call('GET', '/v1/products?slug=found-by-slug');
      expect(body.data.map((product: { id: string }) => product.id)).to.deep.equal([id]);
    });
  });

  describe('drafts', () => {
    const idsOf = async (query: string, token = platform.staff.token): Promise<string[]> =>
      (await platform.call('GET', `/v1/products?limit=100&${query}`, { token })).body.data.map(({ id }: { id: string }) => id);

    it('are shown to staff only, and cannot be bought', async () => {
      const { id } = await platform.product({ status: 'draft' });
      const buyer = await platform.buyer();
      for (const token of [undefined, buyer.token])
        expect((await read(id, token)).body).to.include({ status: 404, code: 'NOT_FOUND' });
      expect((await read(id, platform.staff.token)).body.data).to.include({ status: 'draft' });
      expect((await platform.buy(buyer, [{ productId: id, quantity: 1 }])).status).to.equal(409);
      expect(await idsOf('')).to.not.include(id);
      expect(await idsOf('status=archived')).to.not.include(id);
      expect(await idsOf('status=draft')).to.include(id);
      expect((await platform.call('GET', '/v1/products?status=draft')).status).to.equal(401);
      expect((await platform.call('GET', '/v1/products?status=draft', { token: buyer.token })).status).to.equal(403);
    });

    it('are archived for the release before, which sells none', async () => {
      const { id } = await platform.product({ status: 'draft' });
      expect((await stored(id))[0]).to.include({ status: 'archived', is_draft: 1 });
    });

    it('become active or archived, and drafts again', async () => {
      const made = await platform.product({ status: 'draft' });
      for (const [version, status] of ['active', 'draft', 'archived', 'draft'].entries())
        expect((await edit({ ...made, version: version + 1 }, { status })).body.data).to.include({ status });
      const headers = { 'if-match': '"5"' };
      await platform.call('DELETE', `/v1/products/${made.id}`, { token: platform.staff.token, headers });
      expect((await read(made.id)).body.data).to.include({ status: 'archived', version: 6 });
    });
  });

  describe('after an edit by the release before', () => {
    it('take its image as the first, keep the others, and count no former price below its price', async () => {
      const { id } = await platform.product({ ...all, sku: 'TEA-3', slug: 'tea-3' });
      await stored(id).update({ image_url: 'https://i.example/new.png', price_minor: 2_000, version: 2 });
      expect((await read(id)).body.data).to.deep.include({
        imageUrl: 'https://i.example/new.png',
        images: [{ url: 'https://i.example/new.png', alt: '' }, all.images[1]],
        compareAtPriceMinor: null,
      });
      await stored(id).update({ image_url: null });
      expect((await read(id)).body.data.images).to.deep.equal([all.images[1]]);
      expect((await edit({ id, version: 2 }, { name: 'Assam' })).body.data).to.include({ compareAtPriceMinor: null, version: 3 });
    });

    it('show a draft that it put on sale as active', async () => {
      const { id } = await platform.product({ status: 'draft' });
      await stored(id).update({ status: 'active' });
      expect((await read(id)).body.data).to.include({ status: 'active' });
    });

    it('give a product that it created a slug at the next edit', async () => {
      const { id } = await platform.product({ name: 'A lantern' });
      await stored(id).update({ slug: null, tax_rate_percent: null });
      expect((await read(id)).body.data).to.include({ slug: null, taxRatePercent: null });
      expect((await edit({ id }, { priceMinor: 7 })).body.data).to.include({ slug: 'a-lantern' });
    });
  });

  describe('product-changed', () => {
    type Published = { sequence: string; data: unknown };
    const published = (id: string): Published[] => platform.published(id).filter(({ type }) => type === 'product-changed');
    const state = async (id: string): Promise<unknown> => {
      const { id: productId, stock: _stock, lowStockThreshold: _, ...shown } = (await read(id, platform.staff.token)).body.data;
      return { productId, ...shown };
    };

    it('has the public state after each write, in order, and nothing for stock', async () => {
      const made = await platform.product({ ...all, sku: 'TEA-4', slug: 'tea-4', lowStockThreshold: 3 });
      const states = [await state(made.id)];
      await platform.buy(await platform.buyer(), [{ productId: made.id, quantity: 2 }]);
      await edit(made, { name: 'Assam', tags: [] });
      states.push(await state(made.id));
      const headers = { 'if-match': '"2"' };
      await platform.call('DELETE', `/v1/products/${made.id}`, { token: platform.staff.token, headers });
      states.push(await state(made.id));
      await eventually(() => expect(published(made.id).map(({ data }) => data)).to.deep.equal(states));
      expect(published(made.id).map(({ sequence }) => Number(sequence))).to.deep.equal([1, 2, 3]);
    });

    it('is not published for a rejected write, nor for an archived product that is archived again', async () => {
      const made = await platform.product();
      expect((await edit({ ...made, version: 9 }, { name: 'Kite' })).status).to.equal(412);
      const archive = (): Promise<{ status: number }> =>
        platform.call('DELETE', `/v1/products/${made.id}`, { token: platform.staff.token, headers: { 'if-match': '"1"' } });
      await archive();
      expect((await archive()).status).to.equal(204);
      // A later event of another write shows that no earlier one is missing.
      const later = await platform.product();
      await eventually(() => expect(published(later.id)).to.have.length(1));
      await eventually(() => expect(published(made.id)).to.have.length(2));
    });
  });

  it('have filters that are compared exactly', async () => {
    const { id } = await platform.product({
      brand: 'Größe',
      barcode: '96385074',
      tags: ['rot', 'Sale'],
      attributes: { 'Shoe size': '42', Colour: 'red' },
      slug: 'filtered',
    });
    const found = async (query: string): Promise<boolean> => {
      const { status, body } = await platform.call('GET', `/v1/products?${query}`);
      expect(status, JSON.stringify(body)).to.equal(200);
      return body.data.some((product: { id: string }) => product.id === id);
    };
    const hits = [
      'brand=Gr%C3%B6%C3%9Fe',
      'brand=Gro%CC%88%C3%9Fe',
      'barcode=96385074',
      'tag=Sale',
      'attribute.Colour=red&attribute.Shoe%20size=42&tag=rot',
      'brand=Gr%C3%B6%C3%9Fe&sort=price&facets=brand,tag,price,category',
    ];
    for (const query of hits) expect(await found(query), query).to.equal(true);
    const misses = [
      'brand=gr%C3%B6%C3%9Fe',
      'tag=sale',
      'attribute.Colour=blue&tag=rot',
      'attribute.colour=red',
      'barcode=036000291452',
    ];
    for (const query of misses) expect(await found(query), query).to.equal(false);
  });

  for (const query of [
    'attribute.=x',
    'attribute.Colour=',
    'attribute=x',
    'attribute.Colour=red&attribute.Colour=blue',
    'barcode=12',
    'facets=colour',
    'tag=a,b',
    Array.from({ length: 6 }, (_, index) => `attribute.a${index}=x`).join('&'),
  ])
    it(`rejects the filter ${query.slice(0, 60)}`, async () => {
      const { body } = await platform.call('GET', `/v1/products?${query}`);
      expect(body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  it('is unknown by an id that does not exist', async () => {
    expect((await read(newId())).status).to.equal(404);
  });
});
