import { idBytes, idText, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { countFacets } from '../src/catalogue/count-facets.ts';
import { createCategory } from '../src/catalogue/create-category.ts';
import { createFamily } from '../src/catalogue/create-family.ts';
import { listProducts, type ProductSearch } from '../src/catalogue/list-products.ts';
import type { ListedRow } from '../src/catalogue/product.ts';
import { type ProductSort, productSorts } from '../src/catalogue/product-orders.ts';

type Search = Omit<ProductSearch, 'status'>;
type Sold = { priceMinor: number; stock: number; isArchived: boolean };
/** A product, or a product with options and its variants. */
type Family = { name: string; variants: Sold[] | undefined } & Sold;

describe('a list of products with variants', () => {
  let database: TestDatabase;
  let categoryId: string;
  let otherId: string;
  before(async () => {
    database = await createTestDatabase(migrations);
    const make = (name: string): Promise<string> =>
      runTransaction(database.db, async (trx) => (await createCategory(trx, { name })).id);
    [categoryId, otherId] = [await make('Clothing'), await make('Tools')];
  });
  after(() => database.drop());

  const clear = async (): Promise<void> => {
    await database.db('stock_movements').delete();
    await database.db('products').whereNotNull('parent_id').delete();
    await database.db('products').delete();
  };
  const statusOf = ({ isArchived }: Sold) => ({ status: isArchived ? ('archived' as const) : ('active' as const) });
  const add = (families: readonly Family[], category = categoryId): Promise<string[]> =>
    runTransaction(database.db, async (trx) => {
      const ids: string[] = [];
      for (const { name, variants, isArchived, ...sold } of families) {
        const product = { name, categoryId: category, priceMinor: sold.priceMinor };
        const family =
          variants === undefined
            ? { ...product, stock: sold.stock, ...statusOf({ ...sold, isArchived }) }
            : { ...product, options: ['Size'], variants: variants.map(variantOf) };
        ids.push(await createFamily(trx, family, { currency: 'EUR' }));
      }
      return ids;
    });
  const variantOf = ({ priceMinor, stock, ...rest }: Sold, index: number) => ({
    ...{ optionValues: { Size: String(index) }, priceMinor, stock },
    ...statusOf({ priceMinor, stock, ...rest }),
  });

  const readAll = async (search: Search, sort: ProductSort, limit: number): Promise<ListedRow[]> => {
    const seen: ListedRow[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listProducts(database.db, { status: 'active', ...search }, { sort, limit, ...(cursor && { cursor }) });
      seen.push(...page.rows);
      if (page.nextCursor === null) return seen;
      expect(page.rows).to.have.length(limit);
      cursor = page.nextCursor;
    }
  };

  const sold = fc.record<Sold>({
    priceMinor: fc.constantFrom(0, 100, 101, 5_000),
    stock: fc.constantFrom(0, 1, 5),
    isArchived: fc.boolean(),
  });
  const family = fc
    .tuple(
      sold,
      fc.record({
        name: fc.constantFrom('axe', 'saw', 'shirt'),
        variants: fc.option(fc.array(sold, { maxLength: 6 }), { nil: undefined }),
      }),
    )
    .map(([one, rest]): Family => ({ ...one, ...rest }));
  const filters = fc.record(
    {
      minPriceMinor: fc.constantFrom(100, 101),
      maxPriceMinor: fc.constantFrom(0, 100, 101),
      inStock: fc.boolean(),
      currency: fc.constantFrom('EUR', 'USD'),
      q: fc.constantFrom('shirt', 'saw', 'sa'),
      isInCategory: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  type Filters = typeof filters extends fc.Arbitrary<infer T> ? T : never;
  const isWanted = ({ priceMinor, stock, isArchived }: Sold, name: string, filter: Filters): boolean =>
    !isArchived &&
    priceMinor >= (filter.minPriceMinor ?? 0) &&
    priceMinor <= (filter.maxPriceMinor ?? 5_000) &&
    (filter.inStock === undefined || stock > 0 === filter.inStock) &&
    filter.currency !== 'USD' &&
    (filter.q === undefined || name.startsWith(filter.q));
  /** The entries that are wanted, as `id price stock`. */
  const wantedOf = (families: readonly Family[], ids: readonly string[], filter: Filters): string[] =>
    families.flatMap(({ name, variants, ...own }, index) => {
      const found = (variants ?? [own]).filter((each) => isWanted(each, name, filter));
      const [cheapest] = found.toSorted((a, b) => a.priceMinor - b.priceMinor);
      return cheapest === undefined ? [] : `${ids[index]} ${cheapest.priceMinor} ${cheapest.stock}`;
    });
  const shown = ({ id, parent, price_minor, stock }: ListedRow): string => `${idText(parent?.id ?? id)} ${price_minor} ${stock}`;
  const comparisons: Record<ProductSort, (a: ListedRow, b: ListedRow) => number> = {
    newest: (a, b) => Buffer.compare(b.id, a.id),
    price: (a, b) => a.price_minor - b.price_minor || Buffer.compare(a.id, b.id),
    '-price': (a, b) => b.price_minor - a.price_minor || Buffer.compare(b.id, a.id),
    name: (a, b) => Number(a.name > b.name) - Number(a.name < b.name) || Buffer.compare(a.id, b.id),
  };

  for (const sort of productSorts)
    it(`sorted by ${sort} has each product once, as its cheapest variant that matches, at its place`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(family, { maxLength: 6 }),
          fc.array(filters, { minLength: 4, maxLength: 4 }),
          fc.integer({ min: 1, max: 4 }),
          async (families, several, limit) => {
            await clear();
            const ids = await add(families);
            for (const { isInCategory, ...filter } of several) {
              const seen = await readAll({ ...filter, ...(isInCategory === true && { categoryId }) }, sort, limit);
              expect(seen.map(shown).toSorted()).to.deep.equal(wantedOf(families, ids, filter).toSorted());
              expect(seen).to.deep.equal(seen.toSorted(comparisons[sort]));
            }
          },
        ),
        { numRuns: 8 },
      );
    });

  it('has no product whose parent is archived, although a variant is active', async () => {
    await clear();
    const [id = ''] = await add([{ name: 'shirt', priceMinor: 1, stock: 1, isArchived: false, variants: [oneOf(5)] }]);
    expect(await readAll({}, 'newest', 5)).to.have.length(1);
    // As the release before archives it.
    await database
      .db('products')
      .where({ id: idBytes(id) })
      .update({ status: 'archived' });
    expect(await readAll({}, 'newest', 5)).to.deep.equal([]);
  });

  it('is counted by facets with each product once', async () => {
    await clear();
    await add([{ name: 'shirt', priceMinor: 1, stock: 1, isArchived: false, variants: [oneOf(5), oneOf(700)] }]);
    await add([{ name: 'saw', priceMinor: 900, stock: 1, isArchived: false, variants: undefined }]);
    const facets = await countFacets(database.db, { status: 'active' }, ['category', 'price']);
    expect(facets.category).to.deep.equal([{ categoryId, count: 2 }]);
    expect(facets.price?.map(({ minPriceMinor, count }) => [minPriceMinor, count])).to.deep.equal([
      [5, 1],
      [500, 1],
    ]);
  });

  const oneOf = (priceMinor: number): Sold => ({ priceMinor, stock: 1, isArchived: false });

  describe('with many variants', () => {
    before(async function () {
      this.timeout(60_000);
      await clear();
      const variants = [1, ...Array.from({ length: 99 }, (_, index) => 1_000 + index)].map(oneOf);
      await add(
        Array.from({ length: 40 }, (_, index) => ({ ...oneOf(index), name: `plain ${index}`, variants: undefined })),
        otherId,
      );
      await add(Array.from({ length: 30 }, (_, index) => ({ ...oneOf(1), name: `shirt ${index}`, variants })));
      await database.db.raw('ANALYZE TABLE products');
    });

    const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
      const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    const rowsReadOf = (search: Search, sort: ProductSort): Promise<number> =>
      database.db.transaction(async (trx) => {
        const before = await handlerReads(trx);
        await listProducts(trx, { status: 'active', ...search }, { sort, limit: 20 });
        return (await handlerReads(trx)) - before;
      });

    it('reads a bounded number of rows for a page, of which 3,000 variants in a row are not shown', async () => {
      // Sorted by falling price, 2,970 variants stand before the first entry: at most 2,500 are read, each with at most ten reads for its checks.
      const first = await listProducts(database.db, { status: 'active' }, { sort: '-price', limit: 20 });
      expect(first.rows.length).to.be.below(20);
      expect(first.nextCursor).to.be.a('string');
      expect(await rowsReadOf({}, '-price')).to.be.at.most(27_500);
      // Sorted by price, the cheapest variants stand together.
      expect(await rowsReadOf({}, 'price')).to.be.at.most(300);
      expect(await rowsReadOf({ inStock: true, categoryId }, 'price')).to.be.at.most(400);
    });

    it('reads as many rows as before for products without variants', async () => {
      expect(await rowsReadOf({ categoryId: otherId }, 'newest')).to.be.at.most(35);
    });

    it('continues behind the variants that are not shown', async () => {
      const seen: ListedRow[] = [];
      let cursor: string | null = '';
      do {
        const page: Awaited<ReturnType<typeof listProducts>> = await listProducts(
          database.db,
          { status: 'active' },
          { sort: '-price', limit: 20, ...(cursor && { cursor }) },
        );
        seen.push(...page.rows);
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen.map(({ price_minor }) => price_minor)).to.deep.equal(
        seen.map(({ price_minor }) => price_minor).toSorted((a, b) => b - a),
      );
      expect(new Set(seen.map(({ parent, id }) => idText(parent?.id ?? id))).size).to.equal(70);
      expect(seen).to.have.length(70);
    });
  });
});
