import type { Knex } from 'knex';
import type { BuyerLimit } from '../buyer-limits/index.ts';
import type { TextQuery } from './text-query.ts';

/** The conditions of a list, without the category: the category decides which index is read. */
export type ProductFilter = {
  sku?: string;
  /** The beginning of the SKU; does not end with a space, as no SKU does. */
  skuPrefix?: string;
  currency?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  lowStock?: boolean;
  /** Only products with a price within one of these limits. */
  within?: readonly BuyerLimit[];
  text?: TextQuery;
};

const LAST_CHARACTER = '\u{10FFFF}';

export function whereMatches(query: Knex.QueryBuilder, filter: ProductFilter): Knex.QueryBuilder {
  const { status, currency, inStock, lowStock, within, text } = filter;
  query.where('status', status);
  whereSku(query, filter);
  if (currency !== undefined) query.where('currency', currency);
  wherePrice(query, filter);
  if (inStock !== undefined) query.where('in_stock', inStock);
  if (lowStock !== undefined) query.where('is_low_stock', lowStock);
  if (within !== undefined) whereWithin(query, within);
  if (text !== undefined) whereText(query, text);
  return query;
}

/** A range instead of LIKE: on an index, LIKE misses SKUs with a character past U+FFFF after the prefix (MariaDB 10.11). */
export function whereSku(query: Knex.QueryBuilder, { sku, skuPrefix }: ProductFilter): void {
  if (sku !== undefined) query.where('sku', sku);
  if (skuPrefix !== undefined) query.whereBetween('sku', [skuPrefix, skuPrefix + LAST_CHARACTER]);
}

/** Ranges, which an index can check. The highest limit of all currencies bounds the price. */
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
