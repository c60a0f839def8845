import { idBytes, idText, newId, runTransaction } from '@florin/database';
import { sweepInvariant } from '@florin/invariants';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { addVariants } from '../src/catalogue/add-variants.ts';
import { archiveProduct } from '../src/catalogue/archive-product.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import { editProduct } from '../src/catalogue/edit-product.ts';
import type { NewProduct } from '../src/catalogue/insert-products.ts';
import { listProducts, type ProductSearch } from '../src/catalogue/list-products.ts';
import { listSorts } from '../src/catalogue/product-orders.ts';
import { searchInvariants } from '../src/search/index.ts';
import { noteStopWords } from '../src/search/note-stop-words.ts';
import { createSpellingPruning } from '../src/search/prune-spellings.ts';
import { reindexStale } from '../src/search/reindex-stale.ts';

const ADMIN = '01890000-0000-7000-8000-000000000001';

describe('search', () => {
  let database: TestDatabase;
  let categoryId: string;
  let otherCategoryId: string;
  before(async () => {
    database = await createTestDatabase(migrations);
    categoryId = await makeCategory('Things');
    otherCategoryId = await makeCategory('Others');
  });
  after(() => database.drop());

  const makeCategory = (name: string): Promise<string> =>
    runTransaction(database.db, async (trx) => (await createCategory(trx, { name, parentId: null })).id);
  const clear = async (): Promise<void> => {
    await database.db('stock_movements').delete();
    await database.db('products').whereNotNull('parent_id').delete();
    for (const table of [
      'stock_movements',
      'products',
      'search_documents',
      'search_words',
      'search_common_words',
      'search_spellings',
    ])
      await database.db(table).delete();
  };
  type Fields = Partial<NewProduct> & { name: string };
  const add = (products: readonly Fields[]): Promise<string[]> =>
    runTransaction(database.db, (trx) =>
      createProducts(
        trx,
        products.map((product) => ({ priceMinor: 100, description: '', categoryId, ...product })),
        { currency: 'EUR', isUnpublished: true },
      ),
    );
  const edit = (
    id: string,
    changes: { name?: string; description?: string; sku?: string | null; priceMinor?: number },
  ): Promise<unknown> => runTransaction(database.db, (trx) => editProduct(trx, { id, ifMatch: '*', changes, by: ADMIN }));
  const reindexAll = async (): Promise<void> => {
    while (await runTransaction(database.db, reindexStale));
  };
  const find = async (q: string, search: Partial<ProductSearch> = {}): Promise<string[]> =>
    (await listProducts(database.db, { status: 'active', q, ...search }, { limit: 50 })).rows.map(({ name }) => name);
  const violations = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const rule of searchInvariants)
      for await (const page of sweepInvariant(
        async <Row>(sql: string, values: readonly unknown[] = []) => rowsOf<Row>(sql, values),
        rule,
      ))
        found.push(...page.violations.map(({ detail }) => detail));
    return found;
  };
  const rowsOf = async <Row>(sql: string, values: readonly unknown[]): Promise<Row[]> =>
    ((await database.db.raw(sql, values as Knex.RawBinding[])) as [Row[]])[0];

  describe('of a small catalogue', () => {
    before(async () => {
      await clear();
      await add([
        { name: 'Relay AB-12 DIN', sku: 'REL-0012/A' },
        { name: 'Schuh Gr. 42', sku: '紅-1' },
        { name: 'T-Shirt, blue', description: 'Cotton' },
        { name: 'Tshirt, red' },
        { name: 'Crème brûlée torch', description: 'For the kitchen' },
        { name: 'Cast iron skillet', description: 'Weighs 500 g' },
        { name: 'Straßenkarte Łódź' },
        { name: '高級紅茶のポット' },
        { name: '한국어 사전' },
        { name: 'Television', description: 'With a kitchen timer' },
        { name: 'Kitchen scale', description: 'Digital' },
        { name: 'Scale model', description: 'Of a kitchen' },
        { name: '100% wool_en blanket' },
      ]);
    });

    for (const [q, expected] of [
      ['REL-0012/A', ['Relay AB-12 DIN']],
      ['rel-00', ['Relay AB-12 DIN']],
      ['REL0012', ['Relay AB-12 DIN']],
      ['紅-1', ['Schuh Gr. 42']],
      ['AB-12', ['Relay AB-12 DIN']],
      ['ab12', ['Relay AB-12 DIN']],
      ['42', ['Schuh Gr. 42']],
      ['tshirt', ['Tshirt, red', 'T-Shirt, blue']],
      ['t-shirt', ['Tshirt, red', 'T-Shirt, blue']],
      ['t-shirt blue', ['T-Shirt, blue']],
      ['creme brulee', ['Crème brûlée torch']],
      ['cast-iron', ['Cast iron skillet']],
      ['500g', ['Cast iron skillet']],
      ['strassenk lodz', ['Straßenkarte Łódź']],
      ['紅茶', ['高級紅茶のポット']],
      ['ポット', ['高級紅茶のポット']],
      ['ト', ['高級紅茶のポット']],
      ['紅茶 ポット', ['高級紅茶のポット']],
      ['국어', ['한국어 사전']],
      ['tele', ['Television']],
      ['telvision', ['Television']],
      ['televisoin', ['Television']],
      ['skilllet', ['Cast iron skillet']],
      ['red skilet', []],
      ['iron skilet', ['Cast iron skillet']],
      // Names before descriptions, then the newest.
      ['kitchen', ['Kitchen scale', 'Scale model', 'Television', 'Crème brûlée torch']],
      ['kitchen scale', ['Kitchen scale', 'Scale model']],
      ['wool', ['100% wool_en blanket']],
      ['%', []],
      ['"+-*~<>()@', []],
      ['🎉', []],
      ['the', ['Crème brûlée torch']],
      ['nothing like it', []],
      ['x'.repeat(200), []],
    ] as const)
      it(`for ${JSON.stringify(q.slice(0, 30))} finds ${expected.join(' > ') || 'nothing'}`, async () => {
        expect(await find(q)).to.deep.equal(expected);
      });

    it('has the index that the texts give', async () => {
      expect(await violations()).to.deep.equal([]);
    });
  });

  it('pages through the best matches, with filters, each product once', async () => {
    await clear();
    await add(
      Array.from({ length: 25 }, (_, index) => ({
        name: index % 3 === 0 ? `Oak ${index}` : `Board ${index}`,
        description: 'Of oak',
        stock: index % 5,
        priceMinor: index,
        categoryId: index % 2 === 0 ? categoryId : otherCategoryId,
      })),
    );
    for (const filter of [
      {},
      { inStock: true },
      { categoryId },
      { minPriceMinor: 3, maxPriceMinor: 20 },
      { status: 'archived' as const },
    ])
      for (const sort of listSorts) {
        const search = { status: 'active' as const, q: 'oak', ...filter };
        const all = (await listProducts(database.db, search, { sort, limit: 50 })).rows.map(({ id }) => idText(id));
        const { q: _text, ...withoutText } = search;
        const wanted = (await listProducts(database.db, withoutText, { sort: 'newest', limit: 50 })).rows.map(({ id }) =>
          idText(id),
        );
        expect(all.toSorted()).to.deep.equal(wanted.toSorted());
        const paged: string[] = [];
        for (let cursor: string | undefined; ; ) {
          const page = await listProducts(database.db, search, { sort, limit: 4, cursor });
          paged.push(...page.rows.map(({ id }) => idText(id)));
          if (page.nextCursor === null) break;
          cursor = page.nextCursor;
        }
        expect(paged).to.deep.equal(all);
      }
  });

  it('finds a variant by its own SKU, also if another one is cheaper, and a product with variants once', async () => {
    await clear();
    const [id = ''] = await add([{ name: 'Poncho', options: ['Size'] }]);
    const variants = ['S', 'M', 'L'].map((size, index) => ({
      optionValues: { Size: size },
      sku: `PONCHO-${size}${index}`,
      priceMinor: 100 + index,
    }));
    await runTransaction(database.db, (trx) => addVariants(trx, id, { variants, by: ADMIN }));
    for (const sort of listSorts) {
      const skusFor = async (q: string) =>
        (await listProducts(database.db, { status: 'active', q }, { sort, limit: 20 })).rows.map(({ sku }) => sku);
      expect([await skusFor('poncho'), await skusFor('PONCHO-M1'), await skusFor('poncho l2')]).to.deep.equal([
        ['PONCHO-S0'],
        ['PONCHO-M1'],
        ['PONCHO-L2'],
      ]);
    }
  });

  it('finds a product by the beginning of each of its words, after each edit', async () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from('abXYéßøŁ12-紅茶ポ한국\u{20000}')),
      minLength: 1,
      maxLength: 8,
    });
    const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const fields = fc.record({ name: text, description: fc.oneof(text, fc.constant('')), sku: fc.option(text) });
    await clear();
    const [id = ''] = await add([{ name: 'to be edited' }]);
    await fc.assert(
      fc.asyncProperty(fields, fc.nat(20), fc.integer({ min: 1, max: 8 }), async (changes, index, length) => {
        await edit(id, changes);
        const words = Object.values(changes).flatMap((value) => value?.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
        const typed = Array.from(words[index % words.length] ?? 'none')
          .slice(0, length)
          .join('');
        const { rows } = await listProducts(database.db, { status: 'active', q: typed }, { limit: 50 });
        const isWord = typed.length > 1 || !/^[a-zéßøł0-9]$/i.test(typed);
        if (words.length > 0 && isWord)
          expect(
            rows.map((row) => idText(row.id)),
            JSON.stringify(typed),
          ).to.include(id);
        expect(await violations()).to.deep.equal([]);
      }),
      { numRuns: 25 },
    );
  });

  it('reads a bounded number of rows, whatever the text', async () => {
    await clear();
    const COUNT = 600;
    const add600 = Array.from({ length: COUNT }, (_, index) => ({
      name: `Organic tea ${index}${index % 200 === 0 ? ' lemon' : ''}`,
      sku: `TEA-${String(index).padStart(5, '0')}`,
      description: 'From a small garden',
    }));
    await add(add600);
    await add([{ name: 'Lemon press' }]);
    await database.db('search_common_words').insert(['organic', 'tea', 'small', 'garden', 'from'].map((word) => ({ word })));
    await runTransaction(database.db, noteStopWords);
    await database.db.raw('ANALYZE TABLE products, search_documents, search_words');
    const LIMIT = 20;
    // All products of eight words, twice. A larger catalogue has more, up to the bounds.
    const MOST = 2 * 8 * COUNT + 200;
    for (const sort of listSorts)
      for (const [q, found] of [
        ['organic', LIMIT],
        ['organic tea', LIMIT],
        ['organic small tea garden from a organic tea', LIMIT],
        ['TEA-0', LIMIT],
        ['TEA-00017', 1],
        ['organic lemon', 4],
        ['zzz', 0],
        ['%'.repeat(200), 0],
        ['+ - * " <', 0],
      ] as const) {
        const { rows, read } = await readsOf(q, { sort, limit: LIMIT });
        expect(rows, `${sort} ${q}`).to.equal(found);
        expect(read, `${sort} ${q}`).to.be.at.most(MOST);
      }
    // "organic" is in most products, so it does not exclude the press.
    expect(await find('organic lemon')).to.include('Lemon press');
    // Every page of a word of all products is as cheap as the first.
    let cursor: string | undefined;
    let seen = 0;
    do {
      const page = await listProducts(database.db, { status: 'active', q: 'organic' }, { limit: 100, cursor });
      seen += page.rows.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).to.equal(COUNT);
  });

  const readsOf = (q: string, request: Parameters<typeof listProducts>[2]): Promise<{ rows: number; read: number }> =>
    database.db.transaction(async (trx) => {
      const before = await handlerReads(trx);
      const { rows } = await listProducts(trx, { status: 'active', q }, request);
      return { rows: rows.length, read: (await handlerReads(trx)) - before };
    });
  const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
    const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };

  describe('beside the release before, which writes products alone', () => {
    const olderEdit = (id: string, name: string): Promise<unknown> =>
      database.db.raw('UPDATE products SET name = ?, version = version + 1 WHERE id = ?', [name, idBytes(id)]);
    const makeStale = (): Promise<unknown> => database.db.raw('UPDATE products SET search_version = NULL');

    beforeEach(clear);

    it('finds its changes after the job', async () => {
      const [id = ''] = await add([{ name: 'Kettle' }]);
      await olderEdit(id, 'Teapot');
      await reindexAll();
      expect([await find('kettle'), await find('teapot')]).to.deep.equal([[], ['Teapot']]);
      expect(await violations()).to.deep.equal([]);
    });

    it('finds its changes after an edit of another field, which writes no index', async () => {
      const [id = '', other = ''] = await add([{ name: 'Kettle' }, { name: 'Cup' }]);
      await olderEdit(id, 'Teapot');
      for (const each of [id, other]) await edit(each, { priceMinor: 200 });
      expect(await database.db('products').where({ is_search_stale: 1 }).pluck('id')).to.deep.equal([idBytes(id)]);
      await reindexAll();
      expect([await find('kettle'), await find('teapot'), await find('cup')]).to.deep.equal([[], ['Teapot'], ['Cup']]);
      expect(await violations()).to.deep.equal([]);
    });

    it('uses the full text of the server until the index is built', async () => {
      await add(Array.from({ length: 1_001 }, (_, index) => ({ name: `Cup ${index}`, description: 'Of porcelain' })));
      await database.db('search_words').delete();
      await database.db('search_documents').delete();
      await makeStale();
      expect(await find('porcelain')).to.have.length(50);
      await reindexAll();
      expect(await find('porcel')).to.have.length(50);
      expect(await violations()).to.deep.equal([]);
    });

    it('keeps the index of an archived product', async () => {
      const [id = ''] = await add([{ name: 'Kettle' }]);
      await runTransaction(database.db, (trx) => archiveProduct(trx, id, { ifMatch: '*', by: ADMIN }));
      await reindexAll();
      expect([await find('kettle'), await find('kettle', { status: 'archived' })]).to.deep.equal([[], ['Kettle']]);
    });

    it('leaves no words of a text that another change replaced at the same time', async () => {
      const ids = await add(Array.from({ length: 20 }, (_, index) => ({ name: `Kettle ${index}` })));
      await makeStale();
      await Promise.all([
        ...ids.map((id, index) => edit(id, { name: `Teapot ${index} copper` })),
        ...ids.map((id, index) => edit(id, { description: `Boils ${index}` })),
        reindexAll(),
        reindexAll(),
      ]);
      await reindexAll();
      expect(await find('kettle')).to.deep.equal([]);
      expect(await find('teapot boils')).to.have.length(20);
      expect(await violations()).to.deep.equal([]);
    });

    it('indexes nothing of a transaction that ends before its commit, nor of a job', async () => {
      const [id = ''] = await add([{ name: 'Kettle' }]);
      const crash = new Error('crash');
      const crashing = (work: (trx: Knex.Transaction) => Promise<unknown>): Promise<unknown> =>
        database.db
          .transaction(async (trx) => {
            await work(trx);
            throw crash;
          })
          .catch((error: unknown) => expect(error).to.equal(crash));
      await crashing((trx) => editProduct(trx, { id, ifMatch: '*', changes: { name: 'Teapot' }, by: ADMIN }));
      expect([await find('kettle'), await find('teapot')]).to.deep.equal([['Kettle'], []]);
      await olderEdit(id, 'Teapot');
      await crashing(reindexStale);
      await reindexAll();
      expect([await find('kettle'), await find('teapot')]).to.deep.equal([[], ['Teapot']]);
      expect(await violations()).to.deep.equal([]);
    });
  });

  it('adds no product to the list of a common word, and finds it along the list of products', async () => {
    await clear();
    const postings = Array.from({ length: 5_000 }, () => ({ word: 'kettle', product_id: idBytes(newId()) }));
    await database.db('search_words').insert(postings);
    await add(Array.from({ length: 10 }, (_, index) => ({ name: `Kettle ${index}` })));
    const [id = ''] = await add([{ name: 'Kettle of copper' }]);
    expect(await database.db('search_words').where({ word: 'kettle' })).to.have.length(5_010);
    expect(await find('kettle')).to.have.length(11);
    await edit(id, { name: 'Pot of copper' });
    expect([await find('kettle of copper'), (await find('kettle')).length]).to.deep.equal([[], 10]);
    expect(await violations()).to.deep.equal([]);
  });

  describe('deletes spellings', () => {
    const prune = async (): Promise<void> => {
      const run = createSpellingPruning((work) => runTransaction(database.db, work));
      while (await run());
    };
    const spelledWords = async (): Promise<string[]> =>
      ((await database.db('search_spellings').distinct('word').orderBy('word').pluck('word')) as Buffer[]).map(String);
    beforeEach(clear);

    it('of words that no product has any more, and no others', async () => {
      const letters = Array.from('abcdefghijklmnopqrst');
      const gone = await add(
        letters.slice(0, 3).map((last) => ({ name: letters.map((letter) => `gone${letter}${last}`).join(' ') })),
      );
      await add([{ name: 'Kettle' }, { name: 'Teapot', description: 'A kettle' }]);
      await database.db('search_common_words').insert({ word: 'teapot' });
      await prune();
      expect(await spelledWords()).to.have.length(62);
      for (const id of gone) await edit(id, { name: 'Coaster' });
      await prune();
      expect(await spelledWords()).to.deep.equal(['coaster', 'kettle', 'teapot']);
      expect([(await find('coasterr')).length, await find('ketle')]).to.deep.equal([3, ['Kettle', 'Teapot']]);
    });

    it('of no word that a transaction gives to a product', async () => {
      const [id = ''] = await add([{ name: 'Kettle' }]);
      await edit(id, { name: 'Coaster' });
      await runTransaction(database.db, async (trx) => {
        const product = { name: 'Kettle', priceMinor: 100, description: '', categoryId };
        await createProducts(trx, [product], { currency: 'EUR', isUnpublished: true });
        await prune();
      });
      expect(await find('ketle')).to.deep.equal(['Kettle']);
    });
  });

  it('is checked against the texts: changed words and missing ones are violations', async () => {
    await clear();
    await add([{ name: 'Kettle' }, { name: 'Teapot' }]);
    await database.db.raw("UPDATE search_documents SET words = REPLACE(words, 'kettle', 'cattle')");
    await database.db.raw("DELETE FROM search_words WHERE word = 'teapot'");
    expect((await violations()).toSorted()).to.deep.equal([
      '0 of 1 words find the product',
      'is found by kettle, which it does not have',
      'the words of the index are not those of the text',
    ]);
  });
});
