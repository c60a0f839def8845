import { idBytes, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { countFacets } from '../src/catalogue/count-facets.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { facetNames } from '../src/catalogue/facets.ts';
import { listProducts } from '../src/catalogue/list-products.ts';
import { listSorts } from '../src/catalogue/product-orders.ts';
import { documentOf, documentText } from '../src/search/search-document.ts';

const BATCH = 1_000;
/** More than a list looks at for one page. */
const PRODUCTS = 11_000;
const FURTHER = 3_000;
/** Every product has these words. The last one is noted as common, and no product has it. */
const COMMON = ['organic', 'tea', 'small', 'garden', 'from', 'never'];

const HOSTILE = {
  'a word that all products have': 'organic',
  'words that all products have': 'organic tea from a small garden',
  'the beginning of a word that all products have': 'org',
  'common words that no product has together': 'organic never',
  '1,000 characters of common words': 'organic tea never small garden '.repeat(32),
  '1,000 characters of one word': 'o'.repeat(1_000),
  '1,000 characters of different words': Array.from({ length: 200 }, (_, index) => `w${index}`).join(' '),
  '1,000 characters of one compound': 'organic-tea-'.repeat(80),
  'operators only': '+-*~<>()"@ ++ -- %_ \\',
  'one sign': '%',
  'one letter': 'o',
  'one character of a script without spaces': '茶',
};

describe('a hostile search', () => {
  let database: TestDatabase;
  let categoryId: Buffer;

  const addProducts = async (count: number): Promise<void> => {
    for (let from = 0; from < count; from += BATCH) {
      const products = Array.from({ length: BATCH }, (_, index) => {
        const product = { name: `Organic tea ${index % 7}`, sku: null, brand: null, description: 'From a small garden' };
        return { id: idBytes(newId()), ...product, words: documentText(documentOf(product)) };
      });
      const at = new Date();
      await database.db('products').insert(
        products.map(({ words: _words, ...product }, index) => ({
          ...product,
          ...{ category_id: categoryId, price_minor: index, currency: 'EUR', stock: 0, search_version: 1 },
          ...{ created_at: at, updated_at: at },
        })),
      );
      await database
        .db('search_documents')
        .insert(products.map(({ id, words }) => ({ product_id: id, sample: id.subarray(-4), words })));
    }
    await database.db.raw('ANALYZE TABLE products, search_documents, search_words');
  };

  before(async () => {
    database = await createTestDatabase(migrations);
    const { id } = await runTransaction(database.db, (trx) => createCategory(trx, { name: 'Tea' }));
    categoryId = idBytes(id);
    await database.db('search_common_words').insert(COMMON.map((word) => ({ word })));
    await addProducts(PRODUCTS);
  });
  after(() => database.drop());

  const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
    const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const readsOf = (work: (trx: Knex.Transaction) => Promise<unknown>): Promise<number> =>
    runTransaction(database.db, async (trx) => {
      const before = await handlerReads(trx);
      await work(trx);
      return (await handlerReads(trx)) - before;
    });
  /** The rows read by a search, in each sort and with facets. */
  const readsOfAll = async (): Promise<[what: string, rows: number][]> => {
    const reads: [string, number][] = [];
    for (const [what, q] of Object.entries(HOSTILE)) {
      const search = { status: 'active' as const, q };
      for (const sort of listSorts)
        reads.push([`${what}, by ${sort}`, await readsOf((trx) => listProducts(trx, search, { sort, limit: 20 }))]);
      reads.push([`${what}, with facets`, await readsOf((trx) => countFacets(trx, search, facetNames))]);
    }
    return reads;
  };

  it('reads no more rows of a larger catalogue', async () => {
    const reads = await readsOfAll();
    await addProducts(FURTHER);
    const after = new Map(await readsOfAll());
    for (const [what, rows] of reads) expect(after.get(what), what).to.be.at.most(rows + rows / 100 + 10);
  });
});
