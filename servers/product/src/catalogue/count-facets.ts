import { idText, rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { chooseIndex, hasScatteredCategories, productsAlong } from './choose-index.ts';
import { type FacetName, type Facets, MAX_VALUES } from './facets.ts';
import { type ProductSearch, searchOf } from './list-products.ts';
import { type ProductFilter, whereMatches, whereStatus, whereText } from './product-filter.ts';
import { isTagLabel } from './product-labels.ts';

/** Maximum number of products that are read for the counts: reading and sending one takes 3 to 5 µs (MariaDB 10.11, in memory). */
export const MAX_COUNTED = 300;

/**
 * Counts the products of a list by brand, category, price or tag. Each count respects the other filters and leaves out its own, so
 * that it tells what another choice would find. At most `MAX_COUNTED` products are read for each different set of filters.
 */
export async function countFacets(db: Knex, search: ProductSearch, names: readonly FacetName[]): Promise<Facets> {
  const shared = names.filter((name) => !hasOwnFilter(name, search));
  const groups = [
    ...(shared.length > 0 ? [shared] : []),
    ...names.filter((name) => !shared.includes(name)).map((name) => [name]),
  ];
  let facets: Facets = { capped: false };
  for (const group of groups) {
    const { rows, isCapped } = await readCounted(db, group.reduce(withoutOwnFilter, search), group);
    const counted = Object.fromEntries(group.map((name) => [name, counters[name](rows)]));
    facets = { ...facets, ...counted, capped: facets.capped || isCapped };
  }
  return facets;
}

function hasOwnFilter(name: FacetName, search: ProductSearch): boolean {
  return Object.keys(withoutOwnFilter(search, name)).length < Object.keys(search).length;
}

function withoutOwnFilter(search: ProductSearch, name: FacetName): ProductSearch {
  const { brand, categoryId, minPriceMinor, maxPriceMinor, labels, ...others } = search;
  const attributes = labels?.filter((label) => !isTagLabel(label)) ?? [];
  const kept = {
    brand: name === 'brand' ? undefined : brand,
    categoryId: name === 'category' ? undefined : categoryId,
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

/** Reads the products along an index that narrows the list, then checks the other conditions. */
async function readCounted(db: Knex, search: ProductSearch, names: readonly FacetName[]): Promise<Read> {
  const filter = await searchOf(db, search);
  const path = await pathOf(db, filter);
  const along = (): Knex.QueryBuilder => {
    const query = db(path.from);
    path.narrow(query);
    return query;
  };
  const looked = along().select('products.id as looked_id').limit(MAX_COUNTED);
  const counted = db
    .select([...new Set([...ofFamily, ...names.flatMap((name) => columns[name])])].map((column) => `products.${column}`))
    .from(looked.as('looked'))
    .joinRaw('STRAIGHT_JOIN products ON products.id = looked.looked_id');
  whereMatches(counted, filter);
  const further = await rowsOf(along().select(db.raw('1 AS one')).limit(1).offset(MAX_COUNTED));
  return { rows: onePerProduct(await rowsOf<Counted>(counted)), isCapped: further.length > 0 };
}

async function pathOf(
  db: Knex,
  filter: ProductFilter,
): Promise<{ from: string | Knex.Raw; narrow(query: Knex.QueryBuilder): void }> {
  const { text, categories } = filter;
  // The full-text index cannot be forced beside MATCH.
  if (text?.kind === 'words') return { from: 'products', narrow: (query) => whereText(query, text) };
  const path = await chooseIndex(db, { filter, order: 'products_newest', maxFew: MAX_COUNTED });
  if (categories === undefined || path.index !== 'products_newest') return { from: productsAlong(db, path), narrow: path.narrow };
  const { ids, further } = categories;
  const isOfStatus = (query: Knex.QueryBuilder): void => whereStatus(query, filter, { isIndexed: true });
  if (hasScatteredCategories(filter)) return { from: productsAlong(db, path), narrow: path.narrow };
  if (further > 0) return { from: membersOf(db, filter, ids), narrow: isOfStatus };
  const narrow = (query: Knex.QueryBuilder): void => whereStatus(query.whereIn('category_id', ids), filter, { isIndexed: true });
  return { from: productsAlong(db, { index: 'products_category' }), narrow };
}

/** The products with one of these categories as their main or a further one. The latter are few. */
function membersOf(db: Knex, filter: ProductFilter, ids: readonly Buffer[]): Knex.Raw {
  const main = db(productsAlong(db, { index: 'products_category' }))
    .select('id')
    .whereIn('category_id', ids);
  whereStatus(main, filter, { isIndexed: true });
  const further = db('product_categories').select('product_id').whereIn('category_id', ids);
  const members = db.union([main.limit(MAX_COUNTED + 1), further], true);
  return db.raw('? AS members STRAIGHT_JOIN products ON products.id = members.id', [members]);
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
