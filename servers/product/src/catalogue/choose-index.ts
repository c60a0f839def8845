import { rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { type ProductFilter, wherePrice, whereSku, whereText } from './product-filter.ts';

/**
 * Maximum number of products that a list sorts. Sorting 2,000 takes some milliseconds, as does finding a page of them in the order
 * of a million. The costs are equal at 4,000, but every list with a filter pays for counting up to the maximum.
 */
const MAX_SORTED = 2_000;
/** Higher, because nothing else bounds the search for the SKUs of a prefix: all may be at the far end of the order. */
const MAX_SORTED_OF_PREFIX = 10_000;

/** An index, with the conditions that its columns can check. */
type Narrowing = { index: string; max: number; narrow(query: Knex.QueryBuilder): void };

export type ReadPath = Omit<Narrowing, 'max'> & {
  /** True if the index may have any number of rows between two matching rows. */
  isSifted: boolean;
};

/**
 * Chooses the index to read a list from. If few products match a filter, its index is read and the products are sorted. Otherwise
 * the index of the list's order is read, and products that do not match are skipped. The index is forced, because MariaDB prefers
 * the equal status as a key to the place in the list, and reads a deep page of a sort by price from the first row.
 *
 * @param order the index with the list's order
 */
export async function chooseIndex(db: Knex, filter: ProductFilter, order: string): Promise<ReadPath> {
  const isSifted = filter.skuPrefix !== undefined;
  for (const narrowing of narrowingsOf(filter)) {
    const { index } = narrowing;
    const isInOrder = index === order || (order === 'products_newest' && hasNewestOrder.has(index));
    if (isInOrder) return { ...narrowing, isSifted };
    if (filter.sku !== undefined || (await keepsFew(db, narrowing))) return { ...narrowing, isSifted: false };
  }
  return { index: order, isSifted, narrow: (query) => void query.where('status', filter.status) };
}

/** Whether these categories have few products in the filter's currency. */
export async function keepsFewOfCurrency(db: Knex, filter: ProductFilter, categories: readonly Buffer[]): Promise<boolean> {
  const { status, currency } = filter;
  if (currency === undefined) return false;
  return keepsFew(db, {
    index: 'products_category_currency_price',
    max: MAX_SORTED,
    narrow: (query) => wherePrice(query.whereIn('category_id', categories).where({ status, currency }), filter),
  });
}

export function productsAlong(db: Knex, index: string): Knex.Raw {
  return db.raw('products FORCE INDEX (??)', [index]);
}

const hasNewestOrder = new Set(['products_in_stock', 'products_low_stock']);

function narrowingsOf(filter: ProductFilter): Narrowing[] {
  const { status, sku, skuPrefix, currency, lowStock, inStock, text, minPriceMinor, maxPriceMinor, within } = filter;
  const narrowings: Narrowing[] = [];
  const add = (index: string, narrow: Narrowing['narrow']): void =>
    void narrowings.push({ index, max: MAX_SORTED, narrow: (query) => narrow(query.where('status', status)) });
  // The index of SKUs has no status.
  if (sku !== undefined || skuPrefix !== undefined)
    narrowings.push({ index: 'products_sku', max: MAX_SORTED_OF_PREFIX, narrow: (query) => whereSku(query, filter) });
  if (lowStock === true) add('products_low_stock', (query) => void query.where('is_low_stock', true));
  if (inStock === false) add('products_in_stock', (query) => void query.where('in_stock', false));
  if (text?.kind === 'beginning') add('products_name', (query) => whereText(query, text));
  if (currency !== undefined) add('products_currency_price', (query) => wherePrice(query.where({ currency }), filter));
  else if (minPriceMinor !== undefined || maxPriceMinor !== undefined || within !== undefined)
    add('products_price', (query) => wherePrice(query, filter));
  return narrowings;
}

/** Whether at most `max` rows match. Reads the index alone, and at most `max` + 1 entries. */
async function keepsFew(db: Knex, { index, max, narrow }: Narrowing): Promise<boolean> {
  const further = db(productsAlong(db, index)).select(db.raw('1 AS one'));
  narrow(further);
  return (await rowsOf(further.limit(1).offset(max))).length === 0;
}
