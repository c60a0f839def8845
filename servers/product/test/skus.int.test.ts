import { newId } from '@florin/database';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const RULE = 'sku may have letters, digits, inner spaces and . _ - / + & # ( ) : , (1 to 64 characters)';

type Listed = { sku: string | null; name: string };

describe('SKUs', () => {
  let platform: ProductPlatform;
  let categoryId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    const { body } = await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Shelves' } });
    categoryId = body.data.id;
  });
  after(() => platform.stop());

  const create = (sku: unknown) =>
    platform.call('POST', '/v1/products', {
      token: platform.staff.token,
      body: { name: 'A shelf', priceMinor: 1, categoryId, sku },
    });
  const edit = (id: string, sku: unknown) =>
    platform.call('PATCH', `/v1/products/${id}`, {
      token: platform.staff.token,
      body: { sku },
      headers: { 'if-match': '"1"' },
    });
  const importRows = (rows: readonly unknown[]) =>
    fetch(`http://127.0.0.1:${platform.service.port()}/v1/products/import`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `Bearer ${platform.staff.token}`,
        'idempotency-key': newId(),
      },
      body: rows.map((row) => JSON.stringify(row)).join('\n'),
    }).then((response) => response.json() as Promise<{ data: Record<string, unknown> }>);
  const list = async (query: Record<string, string>): Promise<string[]> => {
    const found: string[] = [];
    for (let next = `/v1/products?${new URLSearchParams({ limit: '2', ...query })}`; next !== ''; ) {
      const { status, body, headers } = await platform.call('GET', next);
      expect(status, next).to.equal(200);
      found.push(...body.data.map(({ sku, name }: Listed) => sku ?? name));
      [, next = ''] = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
    }
    return found;
  };

  for (const [given, kept] of [
    ['123456 Oaktree', '123456 Oaktree'],
    ['  KLX-1 ', 'KLX-1'],
    ['商品 1', '商品 1'],
    ['Größe/42 (neu), A&B: #1+2_3.4', 'Größe/42 (neu), A&B: #1+2_3.4'],
    ['Cafe\u0301', 'Café'],
    ['-1', '-1'],
    ['\u{20bb7}'.repeat(64), '\u{20bb7}'.repeat(64)],
  ] as const)
    it(`${JSON.stringify(given)} names one product, in the API and in files`, async () => {
      const { status, body } = await create(given);
      expect(status).to.equal(201);
      expect(body.data.sku).to.equal(kept);
      expect((await create(given)).body).to.include({ status: 409, code: 'SKU_TAKEN' });
      expect((await create(kept)).body).to.include({ status: 409, code: 'SKU_TAKEN' });
      expect((await edit((await platform.product()).id, given)).body).to.include({ status: 409, code: 'SKU_TAKEN' });
      const { data } = await importRows([{ sku: given, name: 'A board' }]);
      expect(data).to.include({ created: 0, updated: 1 });
      expect((await platform.call('GET', `/v1/products/${body.data.id}`)).body.data).to.include({ sku: kept, name: 'A board' });
      expect(await list({ sku: given })).to.deep.equal([kept]);
    });

  it('are distinct if they differ in case, accents or inner spaces', async () => {
    const skus = ['Oak', 'oak', 'öak', 'Oa k', 'Oa  k', 'ＯＡＫ'];
    for (const sku of skus) expect((await create(sku)).status, sku).to.equal(201);
    for (const sku of skus) expect(await list({ sku })).to.deep.equal([sku]);
  });

  it('are rejected with the allowed characters', async () => {
    const { id } = await platform.product();
    for (const sku of ['', ' ', '=1+1', 'a;b', 'a%b', 'a\u00a0b', 'a\u200bb', 'x'.repeat(65)]) {
      for (const { body } of [await create(sku), await edit(id, sku)]) {
        expect(body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
        expect(body.errors).to.deep.equal([{ path: 'sku', message: RULE }]);
      }
    }
  });

  it('are unchanged by an export and an import', async () => {
    const { token } = platform.staff;
    const url = `http://127.0.0.1:${platform.service.port()}/v1/products/export?format=ndjson`;
    const exported = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(exported).to.include('"商品 1"').and.to.include('"123456 Oaktree"');
    const rows = exported
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as unknown);
    expect((await importRows(rows)).data).to.include({ rows: rows.length, unchanged: rows.length });
  });

  describe('GET /v1/products?sku= and ?skuPrefix=', () => {
    const skus = ['REL-1', 'REL-12', 'REL_1', 'REL 1', 'rel-1', 'RELAY', 'RELÄ', 'RÉL', 'REL\u{20bb7}'];
    before(async () => {
      for (const [index, sku] of skus.entries())
        await platform.product({ sku, categoryId, name: `Relay ${index}`, priceMinor: 100 - index, stock: index % 2 });
    });

    for (const [skuPrefix, expected] of [
      ['REL', ['REL-1', 'REL-12', 'REL_1', 'REL 1', 'RELAY', 'RELÄ', 'REL\u{20bb7}']],
      ['REL-1', ['REL-1', 'REL-12']],
      ['REL_', ['REL_1']],
      ['REL%', []],
      ['%', []],
      ['_', []],
      ['\\', []],
      ['rel', ['rel-1']],
      ['RELA', ['RELAY']],
      ['RELA\u0308', ['RELÄ']],
      ['RE\u0301', ['RÉL']],
      ['REL-123', []],
    ] as const)
      it(`?skuPrefix=${skuPrefix} finds ${expected.join(', ') || 'nothing'}, in every order`, async () => {
        expect(await list({ skuPrefix, sort: 'name' })).to.deep.equal(expected);
        expect(await list({ skuPrefix, sort: 'newest' })).to.deep.equal(expected.toReversed());
        expect(await list({ skuPrefix, sort: '-price' })).to.deep.equal(expected);
      });

    it('can be combined with the other filters', async () => {
      const inStock = ['REL-12', 'REL 1', 'RELAY'];
      expect(await list({ skuPrefix: 'REL', inStock: 'true', sort: 'name' })).to.deep.equal(inStock);
      expect(await list({ skuPrefix: 'REL', inStock: 'true', sort: 'name', categoryId })).to.deep.equal(inStock);
      expect(await list({ skuPrefix: 'REL', minPriceMinor: '99', sort: 'price' })).to.deep.equal(['REL-12', 'REL-1']);
      expect(await list({ skuPrefix: 'REL', q: 'relay', sort: 'name' })).to.have.length(7);
      expect(await list({ sku: 'REL-12', q: 'relay' })).to.deep.equal(['REL-12']);
      expect(await list({ sku: 'REL-12', skuPrefix: 'REL-1', categoryId, currency: 'EUR' })).to.deep.equal(['REL-12']);
      for (const other of [
        { q: 'shelf' },
        { categoryId: newId() },
        { currency: 'USD' },
        { inStock: 'false' },
        { skuPrefix: 'X' },
      ])
        expect(await list({ sku: 'REL-12', ...other }), JSON.stringify(other)).to.deep.equal([]);
    });

    it('does not list archived products', async () => {
      const { id } = await platform.product({ sku: 'GONE-1' });
      const { token } = platform.staff;
      await platform.call('DELETE', `/v1/products/${id}`, { token, headers: { 'if-match': '"1"' } });
      expect(await list({ sku: 'GONE-1' })).to.deep.equal([]);
      expect(await list({ skuPrefix: 'GONE' })).to.deep.equal([]);
      const archived = await platform.call('GET', '/v1/products?skuPrefix=GONE&status=archived', { token });
      expect(archived.body.data).to.have.length(1);
    });

    for (const query of [
      'sku=',
      'sku=a%25b',
      'skuPrefix=',
      `skuPrefix=${'x'.repeat(65)}`,
      'skuPrefix=a%00',
      'skuPrefix=a&skuPrefix=b',
    ])
      it(`rejects ?${query.slice(0, 30)} with 422`, async () => {
        expect((await platform.call('GET', `/v1/products?${query}`)).body).to.include({ status: 422 });
      });
  });
});
