import type { Knex } from 'knex';
import { type ProductFilter, wherePrice, whereText } from './product-filter.ts';

/**
 * Sorting so many takes some milliseconds, as finding a page of them along the order of a million does. Twice as many would be the
 * exact middle; but all lists with a filter pay for counting up to here.
 */
const MOST_SORTED = 2_000;

type Narrowing = { index: string; narrow(query: Knex.QueryBuilder): void };

/**
 * The index to read a list from: its order's, and what the filter leaves out is passed over; or, where a filter keeps but few, the
 * filter's, and those are sorted. Left to itself, MariaDB reads a deep page of a sort by price from the first row on: it takes the
 * equal status for a better key than the place in the list.
 *
 * @param order the index that has the list's order
 */
export async function chooseIndex(db: Knex, filter: ProductFilter, order: string): Promise<string> {
  for (const narrowing of narrowingsOf(filter)) {
    const isInOrder = narrowing.index === order || (order === 'products_newest' && hasNewestOrder.has(narrowing.index));
    if (isInOrder || (await keepsFew(db, filter, narrowing))) return narrowing.index;
  }
  return order;
}

const hasNewestOrder = new Set(['products_in_stock', 'products_low_stock']);

function narrowingsOf(filter: ProductFilter): Narrowing[] {
  const { lowStock, inStock, text, minPriceMinor, maxPriceMinor, within } = filter;
  const narrowings: Narrowing[] = [];
  const add = (index: string, narrow: Narrowing['narrow']): void => void narrowings.push({ index, narrow });
  if (lowStock === true) add('products_low_stock', (query) => void query.where('is_low_stock', true));
  if (inStock === false) add('products_in_stock', (query) => void query.where('in_stock', false));
  if (text?.kind === 'beginning') add('products_name', (query) => whereText(query, text));
  if (minPriceMinor !== undefined || maxPriceMinor !== undefined || within !== undefined)
    add('products_price', (query) => wherePrice(query, filter));
  return narrowings;
}

/** Whether there is one more than may be: looks at the index alone, and no further than that. */
async function keepsFew(db: Knex, { status }: ProductFilter, { index, narrow }: Narrowing): Promise<boolean> {
  const further = db(db.raw('products FORCE INDEX (??)', [index]))
    .select(db.raw('1 AS one'))
    .where({ status });
  narrow(further);
  return ((await further.limit(1).offset(MOST_SORTED)) as unknown[]).length === 0;
}
