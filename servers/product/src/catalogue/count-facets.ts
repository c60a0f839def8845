import { idText, rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { chooseIndex, hasScatteredCategories, isNewestFirst, productsAlong } from './choose-index.ts';
import { type FacetName, type Facets, MAX_VALUES } from './facets.ts';
import { type ProductSearch, searchOf } from './list-products.ts';
import { type FewCategories, type ProductFilter, whereMatches, whereStatus, whereText } from './product-filter.ts';
import { isTagLabel } from './product-labels.ts';

/** Maximum number of products that are read for the counts: reading and sending one takes 3 to 5 µs (MariaDB 10.11, in memory). */
export const MAX_COUNTED = 300;

/**
 * Counts the products of a list by brand, category, price or tag. Each count respects the other filters and leaves out its own, so
 * that it tells what another choice would find. At most `MAX_COUNTED` products are read, an equal share for each different set of
 * filters: of a longer list the newest, of a search the best matches, and of a category with subcategories the newest of each.
 */
export async function countFacets(db: Knex, search: ProductSearch, names: readonly FacetName[]): Promise<Facets> {
  const filter = await searchOf(db, search);
  const shared = names.filter((name) => !hasOwnFilter(name, filter));
  const groups = [
    ...(shared.length > 0 ? [shared] : []),
    ...names.filter((name) => !shared.includes(name)).map((name) => [name]),
  ];
  const max = Math.ceil(MAX_COUNTED / groups.length);
  let facets: Facets = { capped: false };
  for (const group of groups) {
    const { rows, isCapped } = await readCounted(db, group.reduce(withoutOwnFilter, filter), { names: group, max });
    const counted = Object.fromEntries(group.map((name) => [name, counters[name](rows)]));
    facets = { ...facets, ...counted, capped: facets.capped || isCapped };
  }
  return facets;
}

function hasOwnFilter(name: FacetName, filter: ProductFilter): boolean {
  return Object.keys(withoutOwnFilter(filter, name)).length < Object.keys(filter).length;
}

function withoutOwnFilter(filter: ProductFilter, name: FacetName): ProductFilter {
  const { brand, categoryId, categories, minPriceMinor, maxPriceMinor, labels, ...others } = filter;
  const attributes = labels?.filter((label) => !isTagLabel(label)) ?? [];
  const kept = {
    brand: name === 'brand' ? undefined : brand,
    categoryId: name === 'category' ? undefined : categoryId,
    categories: name === 'category' ? undefined : categories,
    minPriceMinor: name === 'price' ? undefined : minPriceMinor,
    maxPriceMinor: name === 'price' ? undefined : maxPriceMinor,
    labels:
      name === 'tag' && attributes.length < (labels?.length ?? 0) ? (attributes.length === 0 ? undefined : attributes) : labels,
  };
  return { ...others, ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) };
}

type Counted = {
  brand: string | null;
  category_id: Buffer;
  further_category_ids: string | null;
  price_minor: number;
  tags: string | null;
  id: Buffer;
  parent_id: Buffer | null;
  options: string | null;
};

const ofFamily = ['id', 'parent_id', 'options', 'price_minor'] as const satisfies readonly (keyof Counted)[];

const columns: Readonly<Record<FacetName, readonly (keyof Counted)[]>> = {
  brand: ['brand'],
  category: ['category_id', 'further_category_ids'],
  price: ['price_minor'],
  tag: ['tags'],
};

type Read = { rows: Counted[]; isCapped: boolean };

type Counting = { names: readonly FacetName[]; max: number };

/** Reads the products along an index that narrows the list, then checks the other conditions. Of a longer list it reads a part. */
async function readCounted(db: Knex, filter: ProductFilter, { names, max }: Counting): Promise<Read> {
  const { all, part } = await pathOf(db, filter, max);
  const isCapped = part !== undefined && (await rowsOf(all().select(db.raw('1 AS one')).limit(1).offset(max))).length > 0;
  const looked = (isCapped ? part() : all()).select('products.id as looked_id').limit(max);
  const counted = db
    .select([...new Set([...ofFamily, ...names.flatMap((name) => columns[name])])].map((column) => `products.${column}`))
    .from(looked.as('looked'))
    .joinRaw('STRAIGHT_JOIN products ON products.id = looked.looked_id');
  whereMatches(counted, withoutFew(filter));
  return { rows: onePerProduct(await rowsOf<Counted>(counted)), isCapped };
}

/** The products that a search found are looked at by their ids. */
function withoutFew({ text, ...filter }: ProductFilter): ProductFilter {
  return text === undefined || text.kind === 'few' ? filter : { ...filter, text };
}

/** The products of a list, as `products`. `part`: a fair part of them, if there may be more than are counted. */
type Path = { all(): Knex.QueryBuilder; part?(): Knex.QueryBuilder };

const NEWEST = 'products_newest';

async function pathOf(db: Knex, filter: ProductFilter, max: number): Promise<Path> {
  const { text, categories } = filter;
  if (text?.kind === 'few') return pathOfMatches(db, text.scores, max);
  // The full-text index cannot be forced beside MATCH.
  if (text?.kind === 'words') {
    const all = (): Knex.QueryBuilder => narrowed(db('products'), (query) => whereText(query, text));
    return { all, part: all };
  }
  const path = await chooseIndex(db, { filter, order: NEWEST, maxFew: max });
  if (categories !== undefined && path.index === NEWEST && !hasScatteredCategories(filter))
    return pathOfCategories(db, { filter, categories }, max);
  const all = (): Knex.QueryBuilder => narrowed(db(productsAlong(db, path)), path.narrow);
  return isNewestFirst(path) ? { all, part: () => all().orderBy('products.id', 'desc') } : { all };
}

function narrowed(query: Knex.QueryBuilder, narrow: (query: Knex.QueryBuilder) => void): Knex.QueryBuilder {
  narrow(query);
  return query;
}

/** The best matches, and the newest of equal ones. */
function pathOfMatches(db: Knex, scores: ReadonlyMap<string, number>, max: number): Path {
  const withIds = (ids: readonly string[]): Knex.QueryBuilder =>
    db(productsAlong(db, { index: 'PRIMARY' })).whereIn(
      'products.id',
      ids.map((id) => Buffer.from(id, 'hex')),
    );
  const all = (): Knex.QueryBuilder => withIds([...scores.keys()]);
  if (scores.size <= max) return { all };
  const byRank = [...scores].sort(([a, first], [b, second]) => second - first || (a < b ? 1 : -1));
  return { all, part: () => withIds(byRank.slice(0, max).map(([id]) => id)) };
}

/** Of each category the newest products, and as many of each, so that no category is left out. */
function pathOfCategories(
  db: Knex,
  { filter, categories: { ids, further } }: { filter: ProductFilter; categories: FewCategories },
  max: number,
): Path {
  const ofStatus = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    narrowed(query, (one) => whereStatus(one, filter, { isIndexed: true }));
  const main = (): Knex.QueryBuilder => ofStatus(db(productsAlong(db, { index: 'products_category' })));
  const also = (): Knex.QueryBuilder => db('product_categories').select('product_id').whereIn('category_id', ids);
  const members = (branches: Knex.QueryBuilder[]): Knex.QueryBuilder =>
    ofStatus(db(db.raw('? AS members STRAIGHT_JOIN products ON products.id = members.id', [db.union(branches, true)])));
  const share = Math.ceil(max / Math.max(1, ids.length));
  const newestOf = (id: Buffer): Knex.QueryBuilder =>
    main().select('id').where('category_id', id).orderBy('id', 'desc').limit(share);
  const inAll = (): Knex.QueryBuilder => main().whereIn('category_id', ids);
  const newestAlso = (): Knex.QueryBuilder[] => (further > 0 ? [also().orderBy('product_id', 'desc').limit(share)] : []);
  return {
    all: () =>
      further > 0
        ? members([
            inAll()
              .select('id')
              .limit(max + 1),
            also(),
          ])
        : inAll(),
    part: () =>
      further === 0 && ids.length === 1 ? inAll().orderBy('id', 'desc') : members([...ids.map(newestOf), ...newestAlso()]),
  };
}

/** Counts the variants of a product as one product with the price of the cheapest, as the list shows them. */
function onePerProduct(rows: readonly Counted[]): Counted[] {
  const shown = new Map<string, Counted>();
  for (const row of rows) {
    if (row.options !== null) continue;
    const product = idText(row.parent_id ?? row.id);
    const other = shown.get(product);
    if (other === undefined || row.price_minor < other.price_minor) shown.set(product, row);
  }
  return [...shown.values()];
}

type Counters = { [Name in FacetName]: (rows: readonly Counted[]) => Facets[Name] };

const counters: Counters = {
  brand: (rows) => valuesOf(countBy(rows.flatMap(({ brand }) => brand ?? []))),
  tag: (rows) => valuesOf(countBy(rows.flatMap(({ tags }) => (tags === null ? [] : (JSON.parse(tags) as string[]))))),
  category: (rows) =>
    valuesOf(countBy(rows.flatMap(categoriesOf))).map(({ value: categoryId, count }) => ({
      categoryId,
      count,
    })),
  price: (rows) =>
    [...countBy(rows.map(({ price_minor }) => lowerBound(price_minor)))]
      .sort(([one], [other]) => one - other)
      .map(([from, count]) => ({ minPriceMinor: from, maxPriceMinor: upperBound(from), count })),
};

function categoriesOf({ category_id, further_category_ids }: Counted): string[] {
  const further = further_category_ids === null ? [] : (JSON.parse(further_category_ids) as string[]);
  return [...new Set([idText(category_id), ...further])];
}

function countBy<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function valuesOf(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, MAX_VALUES);
}

/** Ranges of prices begin at 0 and at 1, 2 and 5 times each power of ten. */
function lowerBound(priceMinor: number): number {
  if (priceMinor < 1) return 0;
  const power = 10 ** (String(priceMinor).length - 1);
  return power * (priceMinor >= 5 * power ? 5 : priceMinor >= 2 * power ? 2 : 1);
}

function upperBound(from: number): number {
  if (from === 0) return 0;
  const next = String(from).startsWith('2') ? from * 2.5 : from * 2;
  return Math.min(next - 1, Number.MAX_SAFE_INTEGER);
}
