import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('the catalogue', () => {
  let platform: ProductPlatform;
  let categoryId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    categoryId = (await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Garden' } })).body
      .data.id;
  });
  after(() => platform.stop());

  for (const [path, body] of [
    ['/v1/categories', { name: 'Toys' }],
    ['/v1/products', { name: 'Kite', priceMinor: 1, categoryId: newId() }],
  ] as const) {
    it(`POST ${path} requires authentication and staff`, async () => {
      expect((await platform.call('POST', path, { body })).body).to.include({ status: 401, code: 'UNAUTHENTICATED' });
      expect((await platform.call('POST', path, { body, token: platform.stranger().token })).body).to.include({
        status: 403,
        code: 'FORBIDDEN',
      });
    });
  }

  it('stores categories with parents', async () => {
    const made = await platform.call('POST', '/v1/categories', {
      token: platform.staff.token,
      body: { name: 'Seeds', description: 'To sow', parentId: categoryId },
    });
    expect(made.status).to.equal(201);
    const read = await platform.call('GET', made.headers.get('location') ?? '');
    expect(read.headers.get('etag')).to.equal('"1"');
    expect(read.body.data).to.deep.equal(made.body.data);
    expect(read.body.data).to.include({ name: 'Seeds', parentId: categoryId });
    const list = await platform.call('GET', '/v1/categories');
    expect(list.body.data.map(({ id }: { id: string }) => id)).to.include.members([categoryId, made.body.data.id]);
    expect((await platform.call('GET', `/v1/categories/${newId()}`)).status).to.equal(404);
  });

  const refused: [string, Record<string, unknown>][] = [
    ['a negative price', { priceMinor: -1 }],
    ['a fractional price', { priceMinor: 1.5 }],
    ['a price as text', { priceMinor: '100' }],
    ['a price past 2^53-1', { priceMinor: 2 ** 53 }],
    ['a negative stock', { stock: -1 }],
    ['an empty name', { name: ' ' }],
    ['an unknown field', { colour: 'red' }],
    ['a category that does not exist', { categoryId: newId() }],
    ['a script as image URL', { imageUrl: 'javascript:alert(1)' }],
    ['an invalid currency', { currency: 'EURO' }],
  ];
  for (const [what, fields] of refused) {
    it(`rejects a product with ${what}`, async () => {
      const body = { name: 'Spade', priceMinor: 2_000, categoryId, ...fields };
      const answer = await platform.call('POST', '/v1/products', { token: platform.staff.token, body });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0]).to.have.property('path', Object.keys(fields)[0]);
    });
  }

  it('posts the opening stock as a movement', async () => {
    const { id } = await platform.product({ stock: 7 });
    const movements = await platform.database
      .db('stock_movements')
      .where('product_id', Buffer.from(id.replaceAll('-', ''), 'hex'));
    expect(movements).to.have.length(1);
    expect(movements[0]).to.include({ delta: 7, reason: 'opening', stock_after: 7 });
  });

  it('archives a product with If-Match only; then everyone can read it by id and staff can list it', async () => {
    const { id } = await platform.product({ name: 'Rake' });
    const archive = (headers: Record<string, string>) =>
      platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers });
    expect((await archive({})).body).to.include({ status: 428, code: 'PRECONDITION_REQUIRED' });
    expect((await archive({ 'if-match': '"7"' })).body).to.include({ status: 412, code: 'PRECONDITION_FAILED' });
    expect((await archive({ 'if-match': '"1"' })).status).to.equal(204);
    expect((await platform.call('GET', `/v1/products/${id}`)).body.data).to.include({ status: 'archived', version: 2 });
    expect((await platform.call('GET', '/v1/products?status=archived')).status).to.equal(401);
    expect((await platform.call('GET', '/v1/products?status=archived', { token: platform.stranger().token })).status).to.equal(
      403,
    );
    const shown = await platform.call('GET', '/v1/products?status=archived', { token: platform.staff.token });
    expect(shown.body.data.map(({ id: each }: { id: string }) => each)).to.include(id);
  });

  describe('GET /v1/products', () => {
    let category: string;
    before(async () => {
      category = (await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Tools' } })).body
        .data.id;
      for (const [name, priceMinor, stock] of [
        ['Axe', 4_000, 1],
        ['Bow saw', 2_500, 0],
        ['Chisel', 2_500, 3],
        ['Drill', 120_000, 2],
      ] as const) {
        await platform.product({ name, priceMinor, stock, categoryId: category });
      }
    });
    const names = async (query: string, token?: string): Promise<string[]> => {
      const { body } = await platform.call(
        'GET',
        `/v1/products?categoryId=${category}&${query}`,
        token === undefined ? {} : { token },
      );
      return body.data.map(({ name }: { name: string }) => name);
    };

    for (const [query, expected] of [
      ['sort=name', ['Axe', 'Bow saw', 'Chisel', 'Drill']],
      ['sort=price', ['Bow saw', 'Chisel', 'Axe', 'Drill']],
      ['sort=-price', ['Drill', 'Axe', 'Chisel', 'Bow saw']],
      ['', ['Drill', 'Chisel', 'Bow saw', 'Axe']],
      ['sort=name&inStock=true', ['Axe', 'Chisel', 'Drill']],
      ['sort=name&minPriceMinor=2500&maxPriceMinor=4000', ['Axe', 'Bow saw', 'Chisel']],
    ] as const) {
      it(`?${query} lists ${expected.join(', ')}`, async () => {
        expect(await names(query)).to.deep.equal(expected);
      });
    }

    it('pages through every sort without gaps or repetitions', async () => {
      for (const sort of ['newest', 'price', '-price', 'name']) {
        const seen: string[] = [];
        let next: string | undefined = `/v1/products?categoryId=${category}&sort=${sort}&limit=1`;
        while (next !== undefined && seen.length < 10) {
          const { body, headers } = await platform.call('GET', next);
          seen.push(...body.data.map(({ name }: { name: string }) => name));
          next = /<(.*)>/.exec(headers.get('link') ?? '')?.[1];
        }
        expect(seen).to.deep.equal(await names(`sort=${sort}`));
      }
    });

    it('accepts a cursor only for the list that it is from', async () => {
      const { nextCursor } = (await platform.call('GET', `/v1/products?categoryId=${category}&sort=price&limit=1`)).body.page;
      const answer = async (path: string) => (await platform.call('GET', path)).status;
      const cursor = `cursor=${nextCursor}`;
      expect(await answer(`/v1/products?sort=price&categoryId=${category}&${cursor}`)).to.equal(200);
      for (const path of [
        `/v1/products?categoryId=${category}&sort=-price&${cursor}`,
        `/v1/products?categoryId=${category}&sort=price&inStock=true&${cursor}`,
        `/v1/products?sort=price&${cursor}`,
        `/v1/categories?${cursor}`,
        `/v1/products?categoryId=${category}&sort=price&${cursor.slice(0, -1)}`,
      ])
        expect(await answer(path), path).to.equal(422);
    });

    it('finds products by words, and lists a category with its subcategories', async () => {
      expect(await names('q=saw')).to.deep.equal(['Bow saw']);
      const child = await platform.call('POST', '/v1/categories', {
        token: platform.staff.token,
        body: { name: 'Small tools', parentId: category },
      });
      const { id } = await platform.product({ name: 'Awl', categoryId: child.body.data.id, priceMinor: 1, stock: 0 });
      expect(await names('sort=name&maxPriceMinor=2500')).to.deep.equal(['Awl', 'Bow saw', 'Chisel']);
      await platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers: { 'if-match': '"1"' } });
    });

    it('shows low stock to staff only', async () => {
      const { id } = await platform.product({ name: 'Nail', stock: 3, lowStockThreshold: 3 });
      await platform.product({ name: 'Screw', stock: 4, lowStockThreshold: 3 });
      expect((await platform.call('GET', '/v1/products?lowStock=true')).body).to.include({ status: 401 });
      const { token } = platform.stranger();
      expect((await platform.call('GET', '/v1/products?lowStock=true', { token })).body).to.include({ status: 403 });
      const low = await platform.call('GET', '/v1/products?lowStock=true', { token: platform.staff.token });
      expect(low.body.data).to.have.length(1);
      expect(low.body.data[0]).to.include({ id, lowStockThreshold: 3 });
    });

    for (const query of ['limit=0', 'sort=random', 'minPriceMinor=-1', 'q[$ne]=1', 'cursor=AAAA', 'withinLimit=maybe']) {
      it(`rejects ?${query} with 422`, async () => {
        expect((await platform.call('GET', `/v1/products?${query}`)).status).to.equal(422);
      });
    }

    it('requires a token for withinLimit, and follows the wallet', async () => {
      expect((await platform.call('GET', '/v1/products?withinLimit=true')).body).to.include({
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      const alice = await platform.buyer(3_000);
      const limitAsOf = async (token: string): Promise<unknown> =>
        (await platform.call('GET', '/v1/products?withinLimit=true', { token })).body.page.limitAsOf;
      expect(await limitAsOf(alice.token)).to.equal(1);
      expect(await limitAsOf(platform.stranger().token)).to.equal(null);
      expect(await names('withinLimit=true&sort=name', alice.token)).to.deep.equal(['Bow saw', 'Chisel']);
      expect(await names('withinLimit=true', platform.stranger().token)).to.deep.equal([]);
      const wallet = { walletId: newId(), userId: alice.id, currency: 'EUR', status: 'active' } as const;
      await platform.say('wallet-changed', {
        ...wallet,
        balanceMinor: 500_000,
        availableMinor: 500_000,
        spendLimitMinor: 50_000,
        version: 3,
      });
      await eventually(async () =>
        expect(await names('withinLimit=true&sort=name', alice.token)).to.deep.equal(['Axe', 'Bow saw', 'Chisel']),
      );
      expect(await limitAsOf(alice.token)).to.equal(3);
      await platform.say('wallet-changed', { ...wallet, balanceMinor: 1, availableMinor: 1, spendLimitMinor: 1, version: 2 });
      const frozen = {
        ...wallet,
        status: 'frozen',
        balanceMinor: 500_000,
        availableMinor: 500_000,
        spendLimitMinor: 50_000,
      } as const;
      const bob = await platform.buyer();
      await platform.say('wallet-changed', { ...frozen, userId: bob.id, version: 2 });
      await eventually(async () => expect(await names('withinLimit=true', bob.token)).to.deep.equal([]));
      expect(await names('withinLimit=true&sort=name', alice.token)).to.deep.equal(['Axe', 'Bow saw', 'Chisel']);
    });
  });
});
