import { rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { type ProductFilter, wherePrice, whereSku, whereStatus, whereText } from './product-filter.ts';
import type { Label } from './product-labels.ts';

/**
 * Maximum number of products that a list sorts. Sorting 2,000 takes some milliseconds, as does finding a page of them in the order
 * of a million. The costs are equal at 4,000, but every list with a filter pays for counting up to the maximum.
 */
export const MAX_SORTED = 2_000;
/** Higher, because nothing else bounds the search for the SKUs of a prefix: all may be at the far end of the order. */
const MAX_SORTED_OF_PREFIX = 10_000;

/** An index of products, or the products of a label. */
type Source = { index: string; label?: Label };

/** A source, with the conditions that its columns can check. */
type Narrowing = Source & {
  max: number;
  narrow(query: Knex.QueryBuilder): void;
  /** True if the filter may keep few products that are far apart in the order. */
  isSparse?: boolean;
};

export type ReadPath = Omit<Narrowing, 'max' | 'isSparse'> & {
  /** True if the index may have any number of rows between two matching rows. */
  isSifted: boolean;
};

type List = {
  filter: ProductFilter;
  /** The index with the list's order. */
  order: string;
  /** Maximum number of products of a filter that keeps few. The default is that of sorting. */
  maxFew?: number;
};

/**
 * Chooses the index to read a list from. If few products match a filter, its index is read and the products are sorted. Otherwise
 * the index of the list's order is read, and products that do not match are skipped. The index is forced, because MariaDB prefers
 * the equal status as a key to the place in the list, and reads a deep page of a sort by price from the first row.
 */
export async function chooseIndex(db: Knex, { filter, order, maxFew }: List): Promise<ReadPath> {
  const { text } = filter;
  if (text?.kind === 'few') return { index: 'PRIMARY', narrow: (query) => whereText(query, text), isSifted: false };
  const isOfMany = text?.kind === 'many';
  const isOfCategory = filter.categoryId !== undefined;
  const narrowings = narrowingsOf(filter);
  const sparse = narrowings.filter(({ isSparse }) => isSparse);
  const inOrder = narrowings.find(({ index }) => index === order || (order === 'products_newest' && hasNewestOrder.has(index)));
  const ofFew = isOfMany || sparse.length > 0 ? [...narrowings, ...ofCategories(filter)] : narrowings;
  for (const narrowing of ofFew) {
    if (narrowing === inOrder && !isOfCategory) break;
    if (filter.sku !== undefined || (await keepsFew(db, { ...narrowing, max: maxFew ?? narrowing.max })))
      return { ...narrowing, isSifted: false };
  }
  const isSifted = isOfMany || sparse.some((other) => other !== inOrder || isOfCategory) || hasScatteredCategories(filter);
  return { ...(inOrder ?? { index: order, narrow: (query) => whereStatus(query, filter, { isIndexed: true }) }), isSifted };
}

/** Whether these categories have few products in the filter's currency. */
export async function keepsFewOfCurrency(db: Knex, filter: ProductFilter, categories: readonly Buffer[]): Promise<boolean> {
  const { currency } = filter;
  if (currency === undefined) return false;
  return keepsFew(db, {
    index: 'products_category_currency_price',
    max: MAX_SORTED,
    narrow(query) {
      whereStatus(query.whereIn('category_id', categories).where({ currency }), filter, { isIndexed: true });
      wherePrice(query, filter);
    },
  });
}

/** The FROM clause of a source. The products of a label are found first, then each by its id. */
export function productsAlong(db: Knex, { index, label }: Source): Knex.Raw {
  if (label === undefined) return db.raw('products FORCE INDEX (??)', [index]);
  return db.raw(
    `(SELECT product_id FROM product_labels WHERE name = ? AND value = ?) AS labelled
     STRAIGHT_JOIN products ON products.id = labelled.product_id`,
    [label.name, label.value],
  );
}

const hasNewestOrder = new Set(['products_in_stock', 'products_low_stock', 'products_brand', 'products_draft']);

/** Whether the products of a path are in the order of the newest ones. */
export function isNewestFirst({ index }: ReadPath): boolean {
  return index === 'products_newest' || hasNewestOrder.has(index);
}

function narrowingsOf(filter: ProductFilter): Narrowing[] {
  const { status, sku, skuPrefix, slug, barcode, brand, labels = [] } = filter;
  const { currency, lowStock, inStock, text, minPriceMinor, maxPriceMinor, within } = filter;
  const narrowings: Narrowing[] = [];
  const add = (index: string, narrow: Narrowing['narrow'], options: Partial<Narrowing> = {}): void =>
    void narrowings.push({ index, max: MAX_SORTED, narrow, ...options });
  const addOfStatus = (index: string, narrow: Narrowing['narrow'], options: Partial<Narrowing> = {}): void => {
    const withStatus = (query: Knex.QueryBuilder): void => {
      whereStatus(query, filter, { isIndexed: true });
      narrow(query);
    };
    add(index, withStatus, options);
  };
  // These indexes have no status.
  if (sku !== undefined || skuPrefix !== undefined)
    add('products_sku', (query) => whereSku(query, filter), { max: MAX_SORTED_OF_PREFIX, isSparse: true });
  if (slug !== undefined) add('products_slug', (query) => void query.where({ slug }), { isSparse: true });
  if (barcode !== undefined) add('products_barcode', (query) => void query.where({ barcode }), { isSparse: true });
  for (const label of labels) add('product_labels', () => {}, { label, isSparse: true });
  if (brand !== undefined) addOfStatus('products_brand', (query) => void query.where({ brand }), { isSparse: true });
  if (status !== 'active') add('products_draft', (query) => whereStatus(query, filter), { isSparse: true });
  if (lowStock === true) addOfStatus('products_low_stock', (query) => void query.where('is_low_stock', true));
  if (inStock === false) addOfStatus('products_in_stock', (query) => void query.where('in_stock', false));
  if (text?.kind === 'beginning') addOfStatus('products_name', (query) => whereText(query, text));
  if (currency !== undefined) addOfStatus('products_currency_price', (query) => wherePrice(query.where({ currency }), filter));
  else if (minPriceMinor !== undefined || maxPriceMinor !== undefined || within !== undefined)
    addOfStatus('products_price', (query) => wherePrice(query, filter));
  return narrowings;
}

/** Whether a list of a category cannot be merged from lists of categories, and its products may be far apart in the order. */
export function hasScatteredCategories({ categoryId, categories }: ProductFilter): boolean {
  return categoryId !== undefined && (categories === undefined || categories.further > MAX_SORTED);
}

/** Beside a filter that keeps few: the products of some categories are fewer than those of the order. */
function ofCategories(filter: ProductFilter): Narrowing[] {
  if (filter.categories?.further !== 0) return [];
  const { ids } = filter.categories;
  const narrow = (query: Knex.QueryBuilder): void => whereStatus(query.whereIn('category_id', ids), filter, { isIndexed: true });
  return [{ index: 'products_category', max: MAX_SORTED_OF_PREFIX, narrow }];
}

/** Whether at most `max` rows match. Reads the index alone, and at most `max` + 1 entries. */
async function keepsFew(db: Knex, { index, label, max, narrow }: Narrowing): Promise<boolean> {
  const from = label === undefined ? productsAlong(db, { index }) : 'product_labels';
  const further = db(from).select(db.raw('1 AS one'));
  narrow(further);
  if (label !== undefined) further.where(label);
  return (await rowsOf(further.limit(1).offset(max))).length === 0;
}
