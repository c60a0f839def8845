import type { Knex } from 'knex';
import type { BuyerLimit } from '../limits/read-limits.ts';
import type { TextQuery } from './text-query.ts';

/** What to show, but for the category: that decides where to read. */
export type ProductFilter = {
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  lowStock?: boolean;
  /** Keep only what may be bought within these. */
  within?: readonly BuyerLimit[];
  text?: TextQuery;
};

export function whereMatches(query: Knex.QueryBuilder, filter: ProductFilter): Knex.QueryBuilder {
  const { status, inStock, lowStock, within, text } = filter;
  query.where('status', status);
  wherePrice(query, filter);
  if (inStock !== undefined) query.where('in_stock', inStock);
  if (lowStock !== undefined) query.where('is_low_stock', lowStock);
  if (within !== undefined) whereWithin(query, within);
  if (text !== undefined) whereText(query, text);
  return query;
}

/** As plain ranges, which can be read from an index: the highest limit of all currencies is one of them. */
export function wherePrice(query: Knex.QueryBuilder, { minPriceMinor, maxPriceMinor, within }: ProductFilter): void {
  if (minPriceMinor !== undefined) query.where('price_minor', '>=', minPriceMinor);
  if (maxPriceMinor !== undefined) query.where('price_minor', '<=', maxPriceMinor);
  if (within === undefined) return;
  query.where('price_minor', '<=', Math.max(-1, ...within.map(({ limitMinor }) => limitMinor)));
}

function whereWithin(query: Knex.QueryBuilder, limits: readonly BuyerLimit[]): void {
  query.where((any) => {
    any.whereRaw('FALSE');
    for (const { currency, limitMinor } of limits) any.orWhereRaw('(currency = ? AND price_minor <= ?)', [currency, limitMinor]);
  });
}

export function whereText(query: Knex.QueryBuilder, text: TextQuery): void {
  if (text.kind === 'words') query.whereRaw('MATCH (name, description) AGAINST (? IN BOOLEAN MODE)', [text.against]);
  else query.where('name', 'like', `${text.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}
