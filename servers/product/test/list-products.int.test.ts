import { idBytes, idText, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { countFacets, MAX_COUNTED } from '../src/catalogue/count-facets.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import { type FacetName, facetNames } from '../src/catalogue/facets.ts';
import type { NewProduct } from '../src/catalogue/insert-products.ts';
import { listProducts, type ProductSearch } from '../src/catalogue/list-products.ts';
import type { ProductRow } from '../src/catalogue/product.ts';
import { type Label, tagLabel } from '../src/catalogue/product-labels.ts';
import { type ProductSort, productSorts, type Sorted } from '../src/catalogue/product-orders.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

describe('listProducts', () => {
  let database: TestDatabase;
  /** The categories: garden > tools > saws, and books. */
  const categories = { garden: '', tools: '', saws: '', books: '' };
  type Where = keyof typeof categories;
  const below: Record<Where, Where[]> = {
    garden: ['garden', 'tools', 'saws'],
    tools: ['tools', 'saws'],
    saws: ['saws'],
    books: ['books'],
  };

  before(async () => {
    database = await createTestDatabase(migrations);
    const make = (name: Where, parent?: Where): Promise<string> =>
      runTransaction(database.db, async (trx) => {
        const { id } = await createCategory(trx, { name, parentId: parent === undefined ? null : categories[parent] });
        return id;
      });
    categories.garden = await make('garden');
    categories.tools = await make('tools', 'garden');
    categories.saws = await make('saws', 'tools');
    categories.books = await make('books');
  });
  after(() => database.drop());

  type ListedProduct = Pick<
    NewProduct,
    'sku' | 'lowStockThreshold' | 'brand' | 'barcode' | 'tags' | 'attributes' | 'status' | 'slug'
  > & {
    name: string;
    priceMinor: number;
    stock: number;
    where: Where;
    further?: Where[];
    currency: string;
  };
  const wheresOf = ({ where, further = [] }: Pick<ListedProduct, 'where' | 'further'>): Where[] => [
    ...new Set([where, ...further]),
  ];
  const asProduct = ({ where, further, ...ware }: ListedProduct): NewProduct => ({
    ...ware,
    categoryIds: wheresOf({ where, ...(further && { further }) }).map((each) => categories[each]),
  });
  const add = async (products: readonly ListedProduct[]): Promise<string[]> =>
    products.length === 0
      ? []
      : runTransaction(database.db, (trx) =>
          createProducts(trx, products.map(asProduct), { currency: 'EUR', isUnpublished: true }),
        );
  /** SKUs are unique. */
  const withUniqueSkus = (products: readonly ListedProduct[]): ListedProduct[] => {
    const taken = new Set<string>();
    return products.map(({ sku, ...ware }) => {
      if (sku == null || taken.has(sku)) return ware;
      taken.add(sku);
      return { ...ware, sku };
    });
  };
  const withoutSkus = (products: readonly ListedProduct[]): ListedProduct[] => products.map(({ sku: _sku, ...ware }) => ware);
  const clear = async (): Promise<void> => {
    await database.db('stock_movements').delete();
    await database.db('product_categories').delete();
    await database.db('products').delete();
  };
  const readAll = async (
    filter: Partial<ProductSearch>,
    { sort, limit, betweenPages = async () => {} }: { sort: ProductSort; limit: number; betweenPages?(): Promise<void> },
  ): Promise<ProductRow[]> => {
    const seen: ProductRow[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listProducts(database.db, { status: 'active', ...filter }, { sort, limit, ...(cursor && { cursor }) });
      seen.push(...page.rows);
      if (page.nextCursor === null) return seen;
      expect(page.rows).to.have.length(limit);
      cursor = page.nextCursor;
      await betweenPages();
    }
  };
  const namesFor = async (filter: Omit<ProductSearch, 'status'>): Promise<string[]> =>
    (await readAll(filter, { sort: 'name', limit: 100 })).map(({ name }) => name);

  // Few values, to get ties.
  const skus = ['A', 'AB', 'A_1', 'AB1', 'ab', 'A 1', 'Ä', '紅茶', '\u{10330}', 'A\u{10330}'];
  const ware = fc.record<ListedProduct>({
    sku: fc.constantFrom(...skus),
    name: fc.constantFrom('axe', 'Axe', 'saw', 'spade', 'zinc can'),
    priceMinor: fc.constantFrom(0, 100, 101, 5_000, MAX_MINOR),
    stock: fc.constantFrom(0, 1, 5, 9),
    where: fc.constantFrom<Where>('garden', 'tools', 'saws', 'books'),
    further: fc.oneof(fc.constant<Where[]>([]), fc.subarray<Where>(['garden', 'tools', 'saws', 'books'])),
    currency: fc.constantFrom('EUR', 'USD'),
    lowStockThreshold: fc.constantFrom(0, 5),
    brand: fc.constantFrom(null, 'Acme', 'acme'),
    barcode: fc.constantFrom(null, '96385074'),
    tags: fc.subarray(['red', 'blue']),
    attributes: fc.constantFrom({}, { Size: 'M' }, { Size: 'L', red: 'red' }),
    status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'draft' as const, 'archived' as const),
  });
  const bySku: fc.Arbitrary<{ sku?: string; skuPrefix?: string }> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ sku: fc.constantFrom(...skus) }) },
    {
      weight: 2,
      arbitrary: fc.record({ skuPrefix: fc.constantFrom('A', 'AB', 'A_', '%', 'a', 'A 1', '紅', '\\', '\u{10330}') }),
    },
  );
  const otherFilters = fc.record(
    {
      where: fc.constantFrom<Where>('garden', 'tools', 'saws', 'books'),
      minPriceMinor: fc.constantFrom(0, 100, 5_000),
      maxPriceMinor: fc.constantFrom(0, 100, 5_000, MAX_MINOR),
      inStock: fc.boolean(),
      lowStock: fc.boolean(),
      currency: fc.constantFrom('EUR', 'USD', 'JPY'),
      limits: fc.constantFrom([], [['EUR', 100]], [['EUR', -5]], [
        ['EUR', 101],
        ['USD', 0],
      ] as const),
      q: fc.constantFrom('saw', 'AXE', 'zinc can', 'ax', '', 'spade saw'),
      status: fc.constantFrom('active' as const, 'draft' as const, 'archived' as const),
      brand: fc.constantFrom('Acme', 'ACME'),
      barcode: fc.constantFrom('96385074', '036000291452'),
      labels: fc.constantFrom<Label[]>(
        [tagLabel('red')],
        [{ name: 'Size', value: 'M' }],
        [tagLabel('blue'), { name: 'red', value: 'red' }],
        [{ name: 'Size', value: 'red' }],
      ),
    },
    { requiredKeys: [] },
  );
  const filters = fc.tuple(bySku, otherFilters).map(([sku, others]) => ({ ...sku, ...others }));
  type Filters = typeof filters extends fc.Arbitrary<infer T> ? T : never;

  const isWanted = (
    one: ListedProduct,
    {
      where,
      sku,
      skuPrefix = '',
      currency,
      minPriceMinor = 0,
      maxPriceMinor = MAX_MINOR,
      inStock,
      lowStock,
      limits,
      q = '',
      status = 'active',
      brand,
      barcode,
      labels = [],
    }: Filters,
  ) =>
    one.status === status &&
    (brand === undefined || one.brand === brand) &&
    (barcode === undefined || one.barcode === barcode) &&
    labels.every(({ name, value }) => (name === '' ? one.tags?.includes(value) : one.attributes?.[name] === value)) &&
    (sku === undefined || one.sku === sku) &&
    (skuPrefix === '' || one.sku?.startsWith(skuPrefix) === true) &&
    (currency === undefined || one.currency === currency) &&
    (where === undefined || wheresOf(one).some((each) => below[where].includes(each))) &&
    one.priceMinor >= minPriceMinor &&
    one.priceMinor <= maxPriceMinor &&
    (inStock === undefined || one.stock > 0 === inStock) &&
    (lowStock === undefined || one.stock <= (one.lowStockThreshold ?? -1) === lowStock) &&
    (limits === undefined || limits.some(([currency, most]) => one.currency === currency && one.priceMinor <= Number(most))) &&
    isFound(one.name.toLowerCase(), q.toLowerCase());
  const isFound = (name: string, q: string): boolean =>
    q === 'ax' ? name.startsWith(q) : q.split(' ').every((word) => word === '' || name.split(' ').includes(word));
  const filterOf = ({ where, limits, ...rest }: Filters): Partial<ProductSearch> => ({
    ...rest,
    ...(where && { categoryId: categories[where] }),
    ...(limits && {
      within: limits.map(([currency, limitMinor]) => ({
        currency: String(currency),
        limitMinor: Number(limitMinor),
        isActive: true,
        version: 1,
      })),
    }),
  });
  const comparisons: Record<ProductSort, (a: ProductRow, b: ProductRow) => number> = {
    newest: (a, b) => Buffer.compare(b.id, a.id),
    price: (a, b) => a.price_minor - b.price_minor || Buffer.compare(a.id, b.id),
    '-price': (a, b) => b.price_minor - a.price_minor || Buffer.compare(b.id, a.id),
    name: (a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()) || Buffer.compare(a.id, b.id),
  };
  const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

  for (const sort of productSorts) {
    it(`sorted by ${sort} lists the matching products once each, in order`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(ware, { maxLength: 20 }),
          fc.array(filters, { minLength: 4, maxLength: 4 }),
          fc.integer({ min: 1, max: 7 }),
          async (drawn, several, limit) => {
            await clear();
            const products = withUniqueSkus(drawn);
            const ids = await add(products);
            for (const one of several) {
              const seen = await readAll(filterOf(one), { sort, limit });
              const wanted = ids.filter((_, index) => isWanted(products[index] as ListedProduct, one));
              expect(seen.map(({ id }) => idText(id)).toSorted()).to.deep.equal(wanted.toSorted());
              expect(seen).to.deep.equal(seen.toSorted(comparisons[sort]));
            }
          },
        ),
        { numRuns: 15 },
      );
    });

    it(`sorted by ${sort} lists unchanged products exactly once while others change`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(ware, { minLength: 5, maxLength: 20 }),
          fc.array(fc.record({ come: fc.array(ware, { maxLength: 2 }), goes: fc.nat(19) }), { maxLength: 5 }),
          fc.constantFrom<Where | undefined>('garden', undefined),
          async (products, changes, where) => {
            await clear();
            await add(withoutSkus(products).map((one) => ({ ...one, status: 'active' })));
            const filter = filterOf(where ? { where } : {});
            const before = await readAll(filter, { sort, limit: 100 });
            const left = [...changes];
            const gone = new Set<string>();
            const betweenPages = async (): Promise<void> => {
              const { come = [], goes = -1 } = left.shift() ?? {};
              await add(withoutSkus(come).map((one) => ({ ...one, status: 'active' })));
              const going = before[goes];
              if (going === undefined) return;
              gone.add(idText(going.id));
              await database.db('products').where('id', going.id).update({ status: 'archived' });
            };
            const seen = (await readAll(filter, { sort, limit: 3, betweenPages })).map(({ id }) => idText(id));
            expect(new Set(seen).size, 'products seen twice').to.equal(seen.length);
            const stayed = before.map(({ id }) => idText(id)).filter((id) => !gone.has(id));
            expect(seen.filter((id) => stayed.includes(id))).to.deep.equal(stayed);
          },
        ),
        { numRuns: 12 },
      );
    });
  }

  /** The products of a list by a facet, without the facet's own filter. */
  const counted: Record<FacetName, (one: ListedProduct) => readonly string[]> = {
    brand: ({ brand }) => (brand == null ? [] : [brand]),
    category: (one) => wheresOf(one).map((each) => categories[each]),
    price: ({ priceMinor }) => [String(priceMinor)],
    tag: ({ tags = [] }) => tags,
  };
  const withoutOwn: Record<FacetName, (one: Filters) => Filters> = {
    brand: ({ brand: _own, ...others }) => others,
    category: ({ where: _own, ...others }) => others,
    price: ({ minPriceMinor: _least, maxPriceMinor: _most, ...others }) => others,
    tag: ({ labels = [], ...others }) => ({ ...others, labels: labels.filter(({ name }) => name !== '') }),
  };

  it('counts the products of each facet by the other filters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ware, { maxLength: 20 }),
        fc.array(filters, { minLength: 4, maxLength: 4 }),
        fc.subarray([...facetNames], { minLength: 1 }),
        async (drawn, several, names) => {
          await clear();
          const products = withUniqueSkus(drawn);
          await add(products);
          for (const one of several) {
            const facets = await countFacets(database.db, { status: 'active', ...filterOf(one) }, names);
            expect(facets.capped).to.equal(false);
            for (const name of facetNames) {
              const matching = products.filter((product) => isWanted(product, withoutOwn[name](one)));
              const values = matching.flatMap(counted[name]);
              const counts =
                name === 'price'
                  ? facets.price?.map(({ minPriceMinor, maxPriceMinor, count }) => {
                      const inside = values.map(Number).filter((price) => price >= minPriceMinor && price <= maxPriceMinor);
                      return [inside.length, count];
                    })
                  : (facets[name] as { value?: string; categoryId?: string; count: number }[] | undefined)?.map((facet) => [
                      values.filter((value) => value === (facet.value ?? facet.categoryId)).length,
                      facet.count,
                    ]);
              if (!names.includes(name)) expect(counts).to.equal(undefined);
              else {
                for (const [right, found] of counts ?? []) expect(found, JSON.stringify([name, one])).to.equal(right);
                expect(counts?.reduce((sum, [, found = 0]) => sum + found, 0)).to.equal(values.length);
              }
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('accepts any search text', async () => {
    const operators = '+-<>()~*"@%\\_\'`;';
    const typed = fc.oneof(
      fc.string({ unit: fc.oneof(fc.constantFrom(...operators.split('')), fc.constantFrom('skillet', 'the', ' ', 'ab')) }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      // One character three times: a word, if the character is a letter.
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).map((character) => character.repeat(3)),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (q) => {
        const { rows } = await listProducts(database.db, { status: 'active', q }, { sort: 'newest', limit: 1 });
        expect(rows.length).to.be.at.most(1);
      }),
      { numRuns: 300 },
    );
  });

  describe('searching', () => {
    before(async () => {
      await clear();
      const make = (name: string, description: string): NewProduct => ({
        name,
        description,
        priceMinor: 100,
        categoryId: categories.books,
      });
      const products = [
        make("Chef's knife", 'Forged steel, with a walnut handle'),
        make('Bread knife', 'Serrated steel'),
        make('Crème brûlée torch', 'With gas'),
        make('LP shelf', 'For a hundred records, of oak'),
        make('The Lord of the Rings', 'A book of 1,200 pages'),
        make('100% wool_en blanket', 'Warm'),
        make('紅茶のポット', 'ティーポット'),
      ];
      await runTransaction(database.db, (trx) => createProducts(trx, products, { currency: 'EUR' }));
    });

    for (const [q, expected] of [
      ['knife', ['Bread knife', "Chef's knife"]],
      ['KNIFE', ['Bread knife', "Chef's knife"]],
      ['steel walnut', ["Chef's knife"]],
      ["chef's", ["Chef's knife"]],
      ['knife -bread', ['Bread knife']],
      ['creme brulee', ['Crème brûlée torch']],
      ['the lord of the rings', ['The Lord of the Rings']],
      ['LP shelf', ['LP shelf']],
      ['lp', ['LP shelf']],
      ['the', ['The Lord of the Rings']],
      ['100% ', ['100% wool_en blanket']],
      ['%', []],
      ['wool', ['100% wool_en blanket']],
      ['紅茶のポット', ['紅茶のポット']],
      ['nothing like it', []],
    ] as const) {
      it(`for ${JSON.stringify(q)} finds ${expected.join(', ') || 'nothing'}`, async () => {
        expect(await namesFor({ q })).to.deep.equal(expected);
      });
    }
  });

  /** Counts the rows that the database server reads for a page, from its own counters. */
  const rowsReadOf = (search: Partial<ProductSearch>, request: Sorted, facets: readonly FacetName[] = []): Promise<number> =>
    database.db.transaction(async (trx) => {
      const before = await handlerReads(trx);
      if (facets.length > 0) await countFacets(trx, { status: 'active', ...search }, facets);
      else await listProducts(trx, { status: 'active', ...search }, request);
      return (await handlerReads(trx)) - before;
    });
  const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
    const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };

  describe('reads few rows besides the page', () => {
    const LIMIT = 20;
    before(async () => {
      await clear();
      const wheres = Object.keys(categories) as Where[];
      await add(
        Array.from({ length: 2_000 }, (_, index) => ({
          sku: `W-${String(index).padStart(5, '0')}`,
          name: `ware ${String(index).padStart(5, '0')}`,
          priceMinor: 100 + (index % 50),
          stock: index % 100 === 0 ? 0 : 5,
          where: wheres[index % 4] ?? 'garden',
          // Products in dollars are rare, and among the oldest.
          currency: index < 40 ? 'USD' : 'EUR',
          brand: index < 1_500 ? 'Acme' : 'Rare',
          ...(index < 10 && { barcode: '96385074' }),
          tags: index < 30 ? ['rare', 'all'] : ['all'],
          attributes: { Shelf: String(index % 100) },
        })),
      );
      // The statistics of a table that was just filled differ from those of a table in use.
      await database.db.raw('ANALYZE TABLE products');
    });

    /** Counts the rows read for the last of the first `pages` pages. */
    const rowsRead = async (search: Omit<ProductSearch, 'status'>, sort: ProductSort, pages: number): Promise<number> => {
      let cursor: string | undefined;
      for (let page = 1; page < pages; page++) {
        const { nextCursor } = await listProducts(
          database.db,
          { status: 'active', ...search },
          { sort, limit: 100, ...(cursor && { cursor }) },
        );
        cursor = nextCursor ?? undefined;
      }
      return rowsReadOf(search, { sort, limit: LIMIT, ...(cursor && { cursor }) });
    };

    for (const sort of productSorts) {
      it(`sorted by ${sort}, page 16 as well as page 1`, async () => {
        expect(await rowsRead({}, sort, 1)).to.be.at.most(LIMIT + 5);
        expect(await rowsRead({}, sort, 16)).to.be.at.most(LIMIT + 5);
      });

      it(`sorted by ${sort}, of a category with two subcategories`, async () => {
        const search = { categoryId: categories.garden };
        // The branches, the temporary tables, the subcategories and the products; the categories have 1,500 products.
        const most = 300;
        expect(await rowsRead(search, sort, 1)).to.be.at.most(most);
        expect(await rowsRead(search, sort, 13)).to.be.at.most(most);
      });
    }

    it('with a SKU', async () => {
      for (const sort of productSorts) expect(await rowsRead({ sku: 'W-00001' }, sort, 1), sort).to.be.at.most(3);
    });

    it('with a rare SKU prefix', async () => {
      // Each product is counted, read and sorted.
      for (const sort of productSorts)
        for (const search of [{}, { categoryId: categories.garden }, { currency: 'EUR', minPriceMinor: 1 }])
          expect(await rowsRead({ skuPrefix: 'W-001', ...search }, sort, 1), sort).to.be.at.most(400);
    });

    it('with a currency, sorted by price', async () => {
      for (const sort of ['price', '-price'] as const) {
        expect(await rowsRead({ currency: 'EUR' }, sort, 1)).to.be.at.most(LIMIT + 5);
        expect(await rowsRead({ currency: 'EUR' }, sort, 16)).to.be.at.most(LIMIT + 5);
        expect(await rowsRead({ currency: 'EUR', categoryId: categories.garden }, sort, 13)).to.be.at.most(300);
      }
    });

    it('with a rare currency', async () => {
      for (const sort of productSorts)
        for (const search of [{}, { categoryId: categories.garden }])
          expect(await rowsRead({ currency: 'USD', ...search }, sort, 1), sort).to.be.at.most(300);
    });

    it('with a barcode, a rare tag or a rare attribute', async () => {
      // Each product is counted, read, checked and sorted.
      for (const sort of productSorts)
        for (const search of [{}, { categoryId: categories.garden }, { currency: 'EUR' }]) {
          expect(await rowsRead({ barcode: '96385074', ...search }, sort, 1), sort).to.be.at.most(60);
          expect(await rowsRead({ labels: [tagLabel('rare')], ...search }, sort, 1), sort).to.be.at.most(250);
          expect(await rowsRead({ labels: [{ name: 'Shelf', value: '7' }], ...search }, sort, 1), sort).to.be.at.most(150);
        }
    });

    it('of a brand, newest first', async () => {
      expect(await rowsRead({ brand: 'Acme' }, 'newest', 1)).to.be.at.most(LIMIT + 5);
      expect(await rowsRead({ brand: 'Acme' }, 'newest', 12)).to.be.at.most(LIMIT + 5);
    });

    it('for facets: of a bounded number of products, which it marks', async () => {
      const request = { sort: 'newest', limit: 1 } as const;
      // Each product is found along an index, read from a temporary table and by its id.
      expect(await rowsReadOf({}, request, facetNames)).to.be.at.most(5 * MAX_COUNTED);
      // The newest products.
      const facets = await countFacets(database.db, { status: 'active' }, ['brand']);
      expect(facets).to.deep.equal({ capped: true, brand: [{ value: 'Rare', count: MAX_COUNTED }] });
      // The newest of each category.
      const inGarden = { status: 'active' as const, categoryId: categories.garden };
      expect(await countFacets(database.db, inGarden, ['brand'])).to.deep.equal(facets);
      expect(await rowsReadOf(inGarden, request, ['brand'])).to.be.at.most(8 * MAX_COUNTED);
      const exact = await countFacets(database.db, { status: 'active', labels: [tagLabel('rare')] }, ['brand']);
      expect(exact).to.deep.equal({ capped: false, brand: [{ value: 'Acme', count: 30 }] });
    });

    it('with inStock=false, if few products are sold out', async () => {
      for (const sort of productSorts) expect(await rowsRead({ inStock: false }, sort, 1), sort).to.be.at.most(100);
    });

    it('with a rare price', async () => {
      for (const sort of productSorts)
        expect(await rowsRead({ minPriceMinor: 149, maxPriceMinor: 200 }, sort, 1), sort).to.be.at.most(200);
    });
  });

  describe('with a frequent SKU prefix, brand, tag or attribute', () => {
    const OLD = 10_100;
    before(async function () {
      this.timeout(180_000);
      await clear();
      const insert = async (prefix: string, count: number, fields: Partial<ListedProduct> = {}): Promise<void> => {
        for (let start = 0; start < count; start += 2_000) {
          const skus = Array.from({ length: Math.min(2_000, count - start) }, (_, index) => `${prefix}${start + index}`);
          await add(
            skus.map((sku) => ({ sku, name: sku, priceMinor: 100, stock: 0, where: 'books', currency: 'EUR', ...fields })),
          );
        }
      };
      await insert('OLD-', OLD, { brand: 'Old', tags: ['old'], attributes: { Age: 'old' } });
      await insert('NEW-', 10_500);
      await database.db.raw('ANALYZE TABLE products');
    });

    it('reads at most ten thousand products for a page, and continues from there', async () => {
      for (const search of [{ skuPrefix: 'OLD-' }, { labels: [tagLabel('old')] }]) {
        const seen: string[] = [];
        let [pages, cursor]: [number, string | null] = [0, ''];
        do {
          const page = await listProducts(
            database.db,
            { status: 'active', ...search },
            { sort: 'newest', limit: 100, ...(cursor && { cursor }) },
          );
          if (++pages === 1) expect(page).to.deep.include({ rows: [] });
          seen.push(...page.rows.map(({ sku }) => String(sku)));
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(seen).to.deep.equal(Array.from({ length: OLD }, (_, index) => `OLD-${OLD - 1 - index}`));
      }
    }).timeout(60_000);

    for (const sort of productSorts)
      it(`reads a bounded number of rows, sorted by ${sort}`, async () => {
        // The SKUs of the prefix are counted, then the index of the order and its rows are read, and their labels.
        const frequent = [{ brand: 'Old' }, { labels: [tagLabel('old')] }, { labels: [{ name: 'Age', value: 'old' }] }];
        for (const one of frequent)
          for (const further of [{}, { currency: 'USD' }, { inStock: true }, { categoryId: categories.garden }])
            expect(await rowsReadOf({ ...one, ...further }, { sort, limit: 20 }), JSON.stringify([one, further])).to.be.at.most(
              40_100,
            );
        // The products of the other filter are counted as well, up to 2,000.
        for (const search of [{ currency: 'USD' }, { maxPriceMinor: 1 }, { inStock: true }, { categoryId: categories.garden }])
          expect(await rowsReadOf({ skuPrefix: 'OLD-', ...search }, { sort, limit: 20 })).to.be.at.most(32_100);
      });
  });

  it('lists nothing for an unknown category', async () => {
    expect(await namesFor({ categoryId: newId() })).to.deep.equal([]);
  });

  it('lists a category that too many products have as a further one to sort them', async () => {
    await clear();
    const make = (count: number, name: string, further: Where[]): ListedProduct[] =>
      Array.from({ length: count }, (_, index) => ({
        ...{ name: `${name} ${String(index).padStart(4, '0')}`, priceMinor: index % 7, stock: 1, currency: 'EUR' },
        ...{ where: 'garden', further },
      }));
    await add([...make(2_001, 'gift', ['books']), ...make(300, 'tool', [])]);
    for (const sort of productSorts) {
      const seen = await readAll({ categoryId: categories.books }, { sort, limit: 100 });
      expect(new Set(seen.map(({ id }) => idText(id))).size).to.equal(2_001);
      expect(seen).to.deep.equal(seen.toSorted(comparisons[sort]));
      const read = await rowsReadOf({ categoryId: categories.books }, { sort, limit: 20 });
      expect(read, 'counted, and looked at until the page is full').to.be.at.most(9_000);
    }
    const facets = await countFacets(database.db, { status: 'active', categoryId: categories.books }, ['price']);
    expect(facets.capped).to.equal(true);
  });

  it('lists a category with too many subcategories to merge', async () => {
    const at = new Date();
    const rows = Array.from({ length: 70 }, (_, index) => ({
      id: idBytes(newId()),
      name: `Shelf ${index}`,
      description: '',
      parent_id: idBytes(categories.books),
      created_at: at,
      updated_at: at,
    }));
    await clear();
    await database.db('categories').insert(rows);
    const about = { priceMinor: 1, description: '' };
    const products = [
      { ...about, name: 'Atlas', categoryId: categories.books },
      { ...about, name: 'Novel', categoryId: idText(rows[69]?.id ?? Buffer.alloc(0)) },
      { ...about, name: 'Spade', categoryId: categories.garden },
    ];
    await runTransaction(database.db, (trx) => createProducts(trx, products, { currency: 'EUR' }));
    expect(await namesFor({ categoryId: categories.books })).to.deep.equal(['Atlas', 'Novel']);
    const further = [categories.garden, idText(rows[5]?.id ?? Buffer.alloc(0))];
    await runTransaction(database.db, (trx) =>
      createProducts(trx, [{ ...about, name: 'Rake', categoryIds: further }], { currency: 'EUR' }),
    );
    expect(await namesFor({ categoryId: categories.books })).to.deep.equal(['Atlas', 'Novel', 'Rake']);
  });
});
