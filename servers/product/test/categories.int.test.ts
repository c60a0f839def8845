import { newId } from '@florin/database';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

type Category = { id: string; name: string; version: number; parentId: string | null; children?: Category[] };

describe('categories', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
  });
  after(() => platform.stop());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, path, { token: platform.staff.token, headers, ...(body === undefined ? {} : { body }) });
  const make = async (name: string, parentId?: string): Promise<Category> => {
    const { status, body } = await send('POST', '/v1/categories', { name, ...(parentId && { parentId }) });
    expect(status).to.equal(201);
    return body.data;
  };
  const chain = async (levels: number): Promise<Category[]> => {
    const made: Category[] = [];
    for (let level = 1; level <= levels; level++) made.push(await make(`Level ${level} ${newId()}`, made.at(-1)?.id));
    return made;
  };
  const edit = ({ id, version }: Pick<Category, 'id' | 'version'>, changes: unknown) =>
    send('PATCH', `/v1/categories/${id}`, changes, { 'if-match': `"${version}"` });

  for (const [method, body] of [
    ['PATCH', { name: 'Toys' }],
    ['DELETE', undefined],
  ] as const) {
    it(`${method} requires authentication and staff`, async () => {
      const path = `/v1/categories/${newId()}`;
      expect((await platform.call(method, path, { body })).body).to.include({ status: 401, code: 'UNAUTHENTICATED' });
      const stranger = { token: platform.stranger().token, ...(body && { body }) };
      expect((await platform.call(method, path, stranger)).body).to.include({ status: 403, code: 'FORBIDDEN' });
    });

    it(`${method} requires If-Match with the current version`, async () => {
      const { id } = await make(`Seeds ${newId()}`);
      const path = `/v1/categories/${id}`;
      expect((await send(method, path, body)).body).to.include({ status: 428, code: 'PRECONDITION_REQUIRED' });
      const stale = await send(method, path, body, { 'if-match': '"7"' });
      expect(stale.body).to.include({ status: 412, code: 'PRECONDITION_FAILED' });
      const unknown = await send(method, `/v1/categories/${newId()}`, body, { 'if-match': '"1"' });
      expect(unknown.body).to.include({ status: 404, code: 'NOT_FOUND' });
      expect((await send(method, '/v1/categories/x', body, { 'if-match': '"1"' })).status).to.equal(404);
    });
  }

  for (const [what, changes] of [
    ['no field', {}],
    ['an empty name', { name: ' ' }],
    ['an unknown field', { colour: 'red' }],
    ['an invalid parent id', { parentId: 'top' }],
    ['a parent that does not exist', { parentId: newId() }],
  ] as const) {
    it(`rejects a change to ${what}`, async () => {
      expect((await edit(await make(`Seeds ${newId()}`), changes)).status).to.equal(422);
    });
  }

  it('changes the given fields and writes an audit entry', async () => {
    const made = await make(`Seeds ${newId()}`);
    const { status, headers, body } = await edit(made, { name: 'Bulbs of tulips', description: 'To plant' });
    expect(status).to.equal(200);
    expect(headers.get('etag')).to.equal('"2"');
    expect(body.data).to.include({ id: made.id, name: 'Bulbs of tulips', description: 'To plant', parentId: null, version: 2 });
    const { body: log } = await platform.call('GET', `/v1/product/audit-log?subject=${made.id}`, { token: platform.admin.token });
    expect(log.data.map(({ action }: { action: string }) => action)).to.deep.equal(['category.edit', 'category.create']);
    expect(log.data[0]).to.deep.include({ actorId: platform.staff.id });
    expect(log.data[0].before).to.include({ name: made.name });
  });

  it('accepts one of two concurrent changes of the same version', async () => {
    const made = await make(`Seeds ${newId()}`);
    const answers = await Promise.all(['Bulbs', 'Herbs', 'Shrubs', 'Trees'].map((name) => edit(made, { name })));
    expect(answers.map(({ status }) => status)).to.have.members([200, 412, 412, 412]);
    const won = answers.find(({ status }) => status === 200)?.body.data;
    expect((await platform.call('GET', `/v1/categories/${made.id}`)).body.data).to.deep.equal(won);
  });

  it('moves a category with its subcategories, and back to the top', async () => {
    const [top, middle, leaf] = (await chain(3)) as [Category, Category, Category];
    const other = await make('Other');
    expect((await edit(middle, { parentId: other.id })).body.data).to.include({ parentId: other.id });
    const tree: Category[] = (await platform.call('GET', '/v1/categories?tree=true')).body.data;
    const found = tree.find(({ id }) => id === other.id);
    expect(found?.children?.[0]).to.include({ id: middle.id });
    expect(found?.children?.[0]?.children?.[0]).to.include({ id: leaf.id, parentId: middle.id });
    expect(tree.find(({ id }) => id === top.id)?.children).to.deep.equal([]);
    expect((await edit({ ...middle, version: 2 }, { parentId: null })).body.data).to.include({ parentId: null });
  });

  it('rejects a cycle and an eleventh level', async () => {
    const made = await chain(10);
    const [top, second, last] = [made[0], made[1], made[9]] as [Category, Category, Category];
    expect((await edit(top, { parentId: top.id })).body).to.include({ status: 409, code: 'CATEGORY_CYCLE' });
    expect((await edit(top, { parentId: last.id })).body).to.include({ status: 409, code: 'CATEGORY_CYCLE' });
    const eleventh = await send('POST', '/v1/categories', { name: 'Eleventh', parentId: last.id });
    expect(eleventh.body).to.include({
      status: 409,
      code: 'CATEGORY_TOO_DEEP',
      title: 'Categories can have at most ten levels',
      detail: 'At most 10 levels are allowed; the change would make 11.',
    });
    const [, below] = (await chain(2)) as [Category, Category];
    expect((await edit(second, { parentId: below.id })).body).to.include({ status: 409, code: 'CATEGORY_TOO_DEEP' });
  });

  it('accepts a name once among the subcategories of a parent, and once at the top', async () => {
    const [one, other] = [await make('Garden beds'), await make('Garden hoses')];
    const shears = await make('Shears', one.id);
    expect((await send('POST', '/v1/categories', { name: 'SHEARS', parentId: one.id })).body).to.include({
      status: 409,
      code: 'CATEGORY_NAME_TAKEN',
    });
    expect((await send('POST', '/v1/categories', { name: 'garden BEDS' })).body).to.include({ code: 'CATEGORY_NAME_TAKEN' });
    expect((await edit(other, { name: 'Garden beds' })).body).to.include({ code: 'CATEGORY_NAME_TAKEN' });
    const elsewhere = await make('Shears', other.id);
    expect((await edit(elsewhere, { parentId: one.id })).body).to.include({ code: 'CATEGORY_NAME_TAKEN' });
    expect((await edit(shears, { name: 'shears' })).body.data, 'its own name').to.include({ name: 'shears', version: 2 });
    for (const name of ['Shéars', 'はさみ', 'ハサミ', '✂️', '📚']) await make(name, one.id);
  });

  it('creates one of several concurrent categories with the same name', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('POST', '/v1/categories', { name: 'Rush' })));
    expect(answers.map(({ status }) => status)).to.have.members([201, 409, 409, 409, 409, 409]);
  });

  it('finds a category by its path', async () => {
    const [clothing, shop] = [await make('Clothing'), await make('Shop > 18')];
    const shirts = await make('Shirts', clothing.id);
    const found = async (path: string): Promise<string[]> => {
      const { status, body } = await platform.call('GET', `/v1/categories?path=${encodeURIComponent(path)}`);
      return status === 200 ? body.data.map(({ id }: Category) => id) : [`${status} ${body.errors?.[0]?.path}`];
    };
    expect(await found('Clothing > Shirts')).to.deep.equal([shirts.id]);
    expect(await found('clothing>SHIRTS')).to.deep.equal([shirts.id]);
    expect(await found('Clothing')).to.deep.equal([clothing.id]);
    expect(await found(String.raw`Shop \> 18`)).to.deep.equal([shop.id]);
    expect(await found('Shirts')).to.deep.equal([]);
    expect(await found('Clothing > Shirts > Linen')).to.deep.equal([]);
    expect(await found(Array.from({ length: 30 }, () => 'Clothing').join('>'))).to.deep.equal([]);
    for (const wrong of ['', ' ', '>', 'Clothing >', 'Clothing > > Shirts'])
      expect(await found(wrong)).to.deep.equal(['422 path']);
    expect((await platform.call('GET', '/v1/categories?path=Clothing&tree=true')).status).to.equal(422);
  });

  it('prevents a cycle by concurrent moves that are valid by themselves', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, (_, index) => make(`Circle ${index}`)));
    const moves = made.map((category, index) => edit(category, { parentId: made[(index + 1) % made.length]?.id }));
    const statuses = (await Promise.all(moves)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 409)).to.have.length.within(1, 2);
    expect(statuses.filter((status) => status === 200)).to.have.length.within(4, 5);
    const tree: Category[] = (await platform.call('GET', '/v1/categories?tree=true')).body.data;
    const inTree = (branches: Category[]): string[] => branches.flatMap(({ id, children = [] }) => [id, ...inTree(children)]);
    expect(inTree(tree)).to.include.members(made.map(({ id }) => id));
  });

  it('deletes empty categories only', async () => {
    const [parent, child] = (await chain(2)) as [Category, Category];
    const remove = ({ id }: Category) => send('DELETE', `/v1/categories/${id}`, undefined, { 'if-match': '"1"' });
    expect((await remove(parent)).body).to.include({ status: 409, code: 'CATEGORY_IN_USE' });
    const product = await platform.product({ categoryId: child.id });
    expect((await remove(child)).body).to.include({ status: 409, code: 'CATEGORY_IN_USE' });
    await send('DELETE', `/v1/products/${product.id}`, undefined, { 'if-match': '"1"' });
    expect((await remove(child)).body, 'an archived product is one, too').to.include({ code: 'CATEGORY_IN_USE' });
    await send('PATCH', `/v1/products/${product.id}`, { categoryId: parent.id }, { 'if-match': '"2"' });
    expect((await remove(child)).status).to.equal(204);
    expect((await remove(child)).status).to.equal(404);
  });

  it('never leaves a product in a deleted category', async () => {
    for (let round = 0; round < 5; round++) {
      const category = await make(`Short-lived ${round}`);
      const [removed, ...added] = await Promise.all([
        send('DELETE', `/v1/categories/${category.id}`, undefined, { 'if-match': '"1"' }),
        ...Array.from({ length: 3 }, () =>
          send('POST', '/v1/products', { name: 'Kite', priceMinor: 1, categoryId: category.id }),
        ),
      ]);
      const isGone = removed.status === 204;
      expect(added.map(({ status }) => status)).to.deep.equal(added.map(() => (isGone ? 422 : 201)));
    }
  });

  it('filters by name and by parent, with cursors or page numbers', async () => {
    const [one, other] = [await make('Façade tools'), await make('Other tools')];
    const inOne = [await make('Rings'), await make('Ropes', one.id), await make('rings', one.id), await make('Rîngs', one.id)];
    await make('Rings', other.id);
    const idsOf = async (query: string): Promise<string[]> => {
      const ids: string[] = [];
      for (let next = `/v1/categories?limit=2&${query}`; next !== ''; ) {
        const { status, body, headers } = await platform.call('GET', next);
        expect(status, next).to.equal(200);
        ids.push(...body.data.map(({ id }: Category) => id));
        [, next = ''] = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
      }
      return ids;
    };
    for (const page of ['', '&page=1']) {
      expect(await idsOf(`name=${encodeURIComponent('facade TOOLS')}${page}`)).to.deep.equal([one.id]);
      expect(await idsOf(`parentId=${one.id}${page}`)).to.deep.equal(inOne.slice(1).map(({ id }) => id));
      expect(await idsOf(`parentId=${one.id.toUpperCase()}&name=Rings${page}`)).to.deep.equal(inOne.slice(2).map(({ id }) => id));
      expect(await idsOf(`name=Rings${page}`)).to.have.length(4);
      expect(await idsOf(`name=Ring${page}`)).to.deep.equal([]);
      expect(await idsOf(`parentId=${newId()}${page}`)).to.deep.equal([]);
    }
    const { body } = await platform.call('GET', `/v1/categories?page=1&parentId=${one.id}`);
    expect(body.page).to.include({ number: 1, total: 3 });
    for (const query of ['name=', 'parentId=', 'parentId=top', `tree=true&parentId=${one.id}`, 'tree=true&name=Rings'])
      expect((await platform.call('GET', `/v1/categories?${query}`)).status, query).to.equal(422);
  });

  it('lists with cursors or page numbers, with the total', async () => {
    const { body: all } = await platform.call('GET', '/v1/categories?limit=100');
    const first = await platform.call('GET', '/v1/categories?limit=2&page=1');
    expect(first.body.page).to.deep.equal({
      limit: 2,
      nextCursor: null,
      number: 1,
      total: all.data.length,
      isTotalCapped: false,
    });
    expect(first.headers.get('link')).to.equal('</v1/categories?limit=2&page=2>; rel="next"');
    const second = await platform.call('GET', '/v1/categories?limit=2&page=2');
    expect([...first.body.data, ...second.body.data]).to.deep.equal(all.data.slice(0, 4));
    const { nextCursor } = (await platform.call('GET', '/v1/categories?limit=2')).body.page;
    for (const query of ['page=0', 'page=101', 'page=1.5', `page=1&cursor=${nextCursor}`, 'tree=maybe'])
      expect((await platform.call('GET', `/v1/categories?${query}`)).status, query).to.equal(422);
  });
});
