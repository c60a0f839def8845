import { idText, rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { chooseIndex, productsAlong } from './choose-index.ts';
import { type FacetName, type Facets, MAX_VALUES } from './facets.ts';
import { type ProductSearch, searchOf } from './list-products.ts';
import { type ProductFilter, whereMatches, whereStatus, whereText } from './product-filter.ts';
import { isTagLabel } from './product-labels.ts';

/** Maximum number of products that are read for the counts. Reading them takes about as long as the list itself. */
const MAX_COUNTED = 1_000;

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

type Counted = { brand: string | null; category_id: Buffer; price_minor: number; tags: string | null };

const columns: Readonly<Record<FacetName, keyof Counted>> = {
  brand: 'brand',
  category: 'category_id',
  price: 'price_minor',
  tag: 'tags',
};

type Read = { rows: Counted[]; isCapped: boolean };

/** Reads the products along an index that narrows the list, then checks the other conditions. */
async function readCounted(db: Knex, search: ProductSearch, names: readonly FacetName[]): Promise<Read> {
  const { filter, categories } = await searchOf(db, search);
  const path = await pathOf(db, filter, categories);
  const along = (): Knex.QueryBuilder => {
    const query = db(path.from);
    path.narrow(query);
    return query;
  };
  const looked = along().select('products.id as looked_id').limit(MAX_COUNTED);
  const counted = db
    .select(names.map((name) => columns[name]))
    .from(looked.as('looked'))
    .joinRaw('STRAIGHT_JOIN products ON products.id = looked.looked_id');
  whereMatches(counted, filter);
  if (categories !== undefined) counted.whereIn('category_id', categories);
  const further = await rowsOf(along().select(db.raw('1 AS one')).limit(1).offset(MAX_COUNTED));
  return { rows: await rowsOf<Counted>(counted), isCapped: further.length > 0 };
}

async function pathOf(
  db: Knex,
  filter: ProductFilter,
  categories: readonly Buffer[] | undefined,
): Promise<{ from: string | Knex.Raw; narrow(query: Knex.QueryBuilder): void }> {
  const { text } = filter;
  // The full-text index cannot be forced beside MATCH.
  if (text?.kind === 'words') return { from: 'products', narrow: (query) => whereText(query, text) };
  const path = await chooseIndex(db, { filter, categories, order: 'products_newest' });
  if (categories === undefined || path.index !== 'products_newest') return { from: productsAlong(db, path), narrow: path.narrow };
  const narrow = (query: Knex.QueryBuilder): void =>
    whereStatus(query.whereIn('category_id', categories), filter, { isIndexed: true });
  return { from: productsAlong(db, { index: 'products_category' }), narrow };
}

type Counters = { [Name in FacetName]: (rows: readonly Counted[]) => Facets[Name] };

const counters: Counters = {
  brand: (rows) => valuesOf(countBy(rows.flatMap(({ brand }) => brand ?? []))),
  tag: (rows) => valuesOf(countBy(rows.flatMap(({ tags }) => (tags === null ? [] : (JSON.parse(tags) as string[]))))),
  category: (rows) =>
    valuesOf(countBy(rows.map(({ category_id }) => idText(category_id)))).map(({ value: categoryId, count }) => ({
      categoryId,
      count,
    })),
  price: (rows) =>
    [...countBy(rows.map(({ price_minor }) => lowerBound(price_minor)))]
      .sort(([one], [other]) => one - other)
      .map(([from, count]) => ({ minPriceMinor: from, maxPriceMinor: upperBound(from), count })),
};

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
