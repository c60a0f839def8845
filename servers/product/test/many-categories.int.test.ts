import { AppError } from '@florin/app-response';
import { idBytes, idText, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { MAX_CATEGORIES } from '../src/catalogue/category-tree.ts';
import { listProducts } from '../src/catalogue/list-products.ts';
import { listCategories, MAX_IN_TREE, readCategoryTree } from '../src/catalogue/read-categories.ts';
import { type MissingCategories, resolvePaths } from '../src/catalogue/resolve-paths.ts';

const BATCH = 1_000;
const TOPS = 20;
const LIMIT = 20;
const ROWS_OF_BATCH = 500;
const by = newId();

describe('as many categories as are allowed', () => {
  let database: TestDatabase;
  const tops = Array.from({ length: TOPS }, (_, index) => ({ id: newId(), name: `Top ${index}` }));

  before(async () => {
    database = await createTestDatabase(migrations);
    const rowOf = (name: string, parent: string | null, id = newId()) => ({
      ...{ id: idBytes(id), name, description: '', parent_id: parent && idBytes(parent) },
      ...{ created_at: new Date(), updated_at: new Date() },
    });
    await database.db('categories').insert(tops.map(({ id, name }) => rowOf(name, null, id)));
    const below = Array.from({ length: MAX_CATEGORIES - TOPS - BATCH / 10 }, (_, index) =>
      rowOf(`Category ${index}`, tops[index % TOPS]?.id ?? null),
    );
    for (let from = 0; from < below.length; from += BATCH)
      await database.db('categories').insert(below.slice(from, from + BATCH));
    await database.db.raw('ANALYZE TABLE categories, category_ancestors');
  });
  after(() => database.drop());

  /** Counts the rows that the database server reads, from its own counters. */
  const readsOf = (work: (trx: Knex.Transaction) => Promise<unknown>): Promise<number> =>
    runTransaction(database.db, async (trx) => {
      const before = await handlerReads(trx);
      await work(trx);
      return (await handlerReads(trx)) - before;
    });
  const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
    const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };

  it('are listed by pages that read little more than they show', async () => {
    const { nextCursor } = await listCategories(database.db, { limit: 100 });
    for (const [what, filter] of Object.entries({
      'first page': {},
      'next page': { cursor: nextCursor ?? '' },
      'of a parent': { parentId: tops[3]?.id ?? '' },
      'with a name': { name: 'category 4711' },
      'at a path': { path: ['top 3', 'CATEGORY 4703'] },
    }))
      expect(await readsOf((trx) => listCategories(trx, { limit: LIMIT, ...filter })), what).to.be.at.most(LIMIT + 10);
  });

  it('are refused as a tree, after as many as it may have', async () => {
    const read = await readsOf((trx) =>
      readCategoryTree(trx).then(
        () => expect.fail('a tree of all categories'),
        (error: unknown) => expect(error).to.be.instanceOf(AppError).with.property('code', 'VALIDATION_FAILED'),
      ),
    );
    expect(read).to.be.at.most(MAX_IN_TREE + 10);
  });

  it('filter a list of products by one with a thousand subcategories, which is not read', async () => {
    const search = { status: 'active' as const, categoryId: tops[0]?.id ?? '' };
    // MariaDB reads some 100 rows, MySQL some 350.
    expect(await readsOf((trx) => listProducts(trx, search, { limit: LIMIT }))).to.be.at.most(500);
  });

  const resolve = (trx: Knex.Transaction, names: readonly string[], missing: MissingCategories) =>
    resolvePaths(
      trx,
      names.map((name) => [name]),
      { missing, by },
    );

  it('are found by the names of a batch of rows in few statements and few rows', async () => {
    const names = Array.from({ length: ROWS_OF_BATCH }, (_, index) => `CATEGORY ${index * 7}`);
    let statements = 0;
    const read = await readsOf(async (trx) => {
      const count = (): number => statements++;
      trx.on('query', count);
      const { idOf } = await resolve(trx, names, 'reject');
      trx.off('query', count);
      const [category] = (await trx('categories').where({ name: 'Category 7' }).select('id')) as { id: Buffer }[];
      expect(idOf(['category 7'])).to.equal(idText(category?.id ?? Buffer.alloc(0)));
    });
    expect(statements).to.be.at.most(5);
    expect(read).to.be.at.most(10 * ROWS_OF_BATCH);
  });

  it('are counted once for all new ones of a batch, and none is created beyond the maximum', async () => {
    const room = BATCH / 10;
    const names = Array.from({ length: room + 5 }, (_, index) => `New ${index}`);
    const read = await readsOf(async (trx) => {
      const { idOf } = await resolve(trx, names, 'create');
      const created = names.map((name) => idOf([name]));
      expect(created.filter((id) => typeof id === 'string')).to.have.length(room);
      const [, code] = [...new Set(created.map((id) => (id instanceof AppError ? id.code : 'created')))];
      expect(code).to.equal('TOO_MANY_CATEGORIES');
    });
    expect(read).to.be.at.most(MAX_CATEGORIES + 100 * names.length);
  });
});
