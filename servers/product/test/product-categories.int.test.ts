import { idBytes, newId, query } from '@florin/database';
import { expect } from 'chai';
import { catalogueInvariants } from '../src/catalogue/invariants.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('the categories of a product', () => {
  let platform: ProductPlatform;
  /** shop > tea > green; sale. */
  const ids = { shop: '', tea: '', green: '', sale: '' };
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    ids.shop = await makeCategory('Shop');
    ids.tea = await makeCategory('Tea', ids.shop);
    ids.green = await makeCategory('Green', ids.tea);
    ids.sale = await makeCategory('Sale');
  });
  after(() => platform.stop());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, path, { token: platform.staff.token, headers, ...(body === undefined ? {} : { body }) });
  const makeCategory = async (name: string, parentId?: string): Promise<string> =>
    (await send('POST', '/v1/categories', { name, ...(parentId && { parentId }) })).body.data.id;
  const create = (fields: Record<string, unknown>) =>
    send('POST', '/v1/products', { name: 'Sencha', priceMinor: 900, ...fields });
  const edit = (id: string, version: number, changes: unknown) =>
    send('PATCH', `/v1/products/${id}`, changes, { 'if-match': `"${version}"` });
  const listed = async (categoryId: string): Promise<string[]> =>
    (await platform.call('GET', `/v1/products?categoryId=${categoryId}&limit=100`)).body.data.map(({ id }: { id: string }) => id);
  const broken = async (): Promise<unknown[]> => {
    const rules = catalogueInvariants.flatMap((rule) => ('sql' in rule ? [rule] : []));
    return (await Promise.all(rules.map((rule) => query(platform.database.db, rule.sql('TRUE'))))).flat();
  };

  it('are the main one and further ones, in their order', async () => {
    const { status, body } = await create({ categoryIds: [ids.green, ids.sale.toUpperCase()] });
    expect(status).to.equal(201);
    expect(body.data).to.deep.include({ categoryId: ids.green, categoryIds: [ids.green, ids.sale] });
    const both = await create({ categoryId: ids.tea, categoryIds: [ids.tea, ids.green] });
    expect(both.body.data).to.deep.include({ categoryId: ids.tea, categoryIds: [ids.tea, ids.green] });
    const alone = await create({ categoryId: ids.tea });
    expect(alone.body.data).to.deep.include({ categoryId: ids.tea, categoryIds: [ids.tea] });
    expect(await broken()).to.deep.equal([]);
  });

  for (const [what, fields, code] of [
    ['no category', {}, 'VALIDATION_FAILED'],
    ['an empty list', { categoryIds: [] }, 'VALIDATION_FAILED'],
    ['a category twice', () => ({ categoryIds: [ids.tea, ids.tea.toUpperCase()] }), 'VALIDATION_FAILED'],
    ['more than 20', { categoryIds: Array.from({ length: 21 }, () => newId()) }, 'VALIDATION_FAILED'],
    [
      'a main category that is not the first',
      () => ({ categoryId: ids.sale, categoryIds: [ids.tea, ids.sale] }),
      'VALIDATION_FAILED',
    ],
    ['an unknown further one', () => ({ categoryIds: [ids.tea, newId()] }), 'CATEGORY_NOT_FOUND'],
  ] as const)
    it(`are rejected with ${what}`, async () => {
      const sent = typeof fields === 'function' ? fields() : fields;
      expect((await create(sent)).body).to.include({ status: 422, code });
    });

  it('are replaced together by categoryIds, and the main one alone by categoryId', async () => {
    const { id } = (await create({ categoryIds: [ids.tea, ids.sale, ids.green] })).body.data;
    expect((await edit(id, 1, { categoryId: ids.shop })).body.data).to.deep.include({
      categoryIds: [ids.shop, ids.sale, ids.green],
    });
    expect((await edit(id, 2, { categoryId: ids.sale })).body.data).to.deep.include({ categoryIds: [ids.sale, ids.green] });
    expect((await edit(id, 3, { name: 'Gyokuro' })).body.data).to.deep.include({ categoryIds: [ids.sale, ids.green] });
    expect((await edit(id, 4, { categoryIds: [ids.tea] })).body.data).to.deep.include({
      categoryId: ids.tea,
      categoryIds: [ids.tea],
    });
    expect((await edit(id, 5, { categoryId: ids.tea, categoryIds: [ids.sale] })).body).to.include({ code: 'VALIDATION_FAILED' });
    expect((await edit(id, 5, { categoryIds: null })).body).to.include({ code: 'VALIDATION_FAILED' });
    expect(await broken()).to.deep.equal([]);
    const log = await platform.database
      .db('audit_log')
      .where({ subject: id, action: 'product.edit' })
      .orderBy('id', 'desc')
      .first();
    expect(JSON.parse(log.state_before)).to.deep.equal({ categoryIds: [ids.sale, ids.green] });
    expect(JSON.parse(log.state_after)).to.deep.equal({ categoryIds: [ids.tea] });
  });

  it('are all filtered by, with those above them, and list the product once', async () => {
    const { id } = (await create({ categoryIds: [ids.sale, ids.green, ids.tea] })).body.data;
    for (const category of [ids.sale, ids.green, ids.tea, ids.shop])
      expect(
        (await listed(category)).filter((each) => each === id),
        category,
      ).to.deep.equal([id]);
    await edit(id, 1, { categoryIds: [ids.sale] });
    expect(await listed(ids.shop)).not.to.include(id);
  });

  it('keep a category from being deleted', async () => {
    const category = await makeCategory('Short-lived');
    const { id } = (await create({ categoryIds: [ids.tea, category] })).body.data;
    const remove = () => send('DELETE', `/v1/categories/${category}`, undefined, { 'if-match': '"1"' });
    expect((await remove()).body).to.include({ status: 409, code: 'CATEGORY_IN_USE' });
    await edit(id, 1, { categoryIds: [ids.tea] });
    expect((await remove()).status).to.equal(204);
  });

  it('stay sound if the release before changes the main one', async () => {
    const { id } = (await create({ categoryIds: [ids.tea, ids.sale] })).body.data;
    await platform.database
      .db('products')
      .where({ id: idBytes(id) })
      .update({ category_id: idBytes(ids.sale) });
    const { body } = await platform.call('GET', `/v1/products/${id}`);
    expect(body.data).to.deep.include({ categoryId: ids.sale, categoryIds: [ids.sale] });
    expect((await listed(ids.sale)).filter((each) => each === id)).to.deep.equal([id]);
    expect(await broken()).to.deep.equal([]);
  });

  it('are reported if the further ones differ from those by which lists find the product', async () => {
    const { id } = (await create({ categoryIds: [ids.tea, ids.sale] })).body.data;
    const key = `X'${idBytes(id).toString('hex')}'`;
    const rule = catalogueInvariants.find(({ check }) => check === 'product-categories');
    for (const damage of [
      `DELETE FROM product_categories WHERE product_id = ${key}`,
      `INSERT INTO product_categories (product_id, category_id) VALUES (${key}, X'${idBytes(ids.green).toString('hex')}')`,
      `UPDATE product_categories SET category_id = X'${idBytes(ids.green).toString('hex')}' WHERE product_id = ${key}`,
    ]) {
      const trx = await platform.database.db.transaction();
      await trx.raw(damage);
      const found = await query(trx, rule && 'sql' in rule ? rule.sql('TRUE') : '');
      await trx.rollback();
      expect(found, damage).to.have.length(1);
    }
  });
});
