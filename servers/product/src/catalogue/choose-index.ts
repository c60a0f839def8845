import { rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import { type ProductFilter, wherePrice, whereSku, whereText } from './product-filter.ts';

/**
 * Sorting this many takes some milliseconds, as finding a page of them along the order of a million does. Twice as many would be
 * the exact middle; but all lists with a filter pay for counting up to here.
 */
const MAX_SORTED = 2_000;
/** More, because nothing else bounds the search for those of a prefix: they may all be at the far end of the order. */
const MAX_SORTED_OF_PREFIX = 10_000;

/** An index, and the conditions that it holds by itself. */
type Narrowing = { index: string; max: number; narrow(query: Knex.QueryBuilder): void };

export type ReadPath = Omit<Narrowing, 'max'> & {
  /** The rows that are asked for are looked for along the index, and nothing says how far they are. */
  isSifted: boolean;
};

/**
 * The index to read a list from: its order's, and what the filter leaves out is passed over; or, where a filter keeps but few, the
 * filter's, and those are sorted. Left to itself, MariaDB reads a deep page of a sort by price from the first row on: it takes the
 * equal status for a better key than the place in the list.
 *
 * @param order the index that has the list's order
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

/** Whether these categories have but few products in the filter's currency. */
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
  // The index of SKUs does not hold the status.
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

/** Whether there is one more than may be: looks at the index alone, and no further than that. */
async function keepsFew(db: Knex, { index, max, narrow }: Narrowing): Promise<boolean> {
  const further = db(productsAlong(db, index)).select(db.raw('1 AS one'));
  narrow(further);
  return (await rowsOf(further.limit(1).offset(max))).length === 0;
}
