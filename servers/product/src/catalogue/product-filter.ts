import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import type { BuyerLimit } from '../buyer-limits/index.ts';
import { matchCondition, type TextMatches } from '../search/index.ts';
import type { ProductStatus } from './product.ts';
import type { Label } from './product-labels.ts';
import type { TextQuery } from './text-query.ts';

export type FewCategories = {
  ids: readonly Buffer[];
  /** The number of products that have one of them as a further category, beside their main one. May be capped. */
  further: number;
};

/** What a search found in its index, or a query of the server's full text while the index is being built. */
export type TextCondition = TextQuery | Exclude<TextMatches, { kind: 'unbuilt' }>;

/** The conditions of a list. */
export type ProductFilter = {
  /** Products of the category and its subcategories, as their main or a further category. */
  categoryId?: string;
  /** The category and its subcategories, if they are few. */
  categories?: FewCategories;
  sku?: string;
  /** The beginning of the SKU; does not end with a space, as no SKU does. */
  skuPrefix?: string;
  slug?: string;
  barcode?: string;
  brand?: string;
  /** Tags and attributes, all of which a product must have. */
  labels?: readonly Label[];
  currency?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: ProductStatus;
  inStock?: boolean;
  lowStock?: boolean;
  /** Only products with a price within one of these limits. */
  within?: readonly BuyerLimit[];
  text?: TextCondition;
};

const LAST_CHARACTER = '\u{10FFFF}';

export function whereMatches(query: Knex.QueryBuilder, filter: ProductFilter): Knex.QueryBuilder {
  const { categoryId, categories, slug, barcode, brand, labels = [], currency, inStock, lowStock, within, text } = filter;
  whereStatus(query, filter);
  whereSku(query, filter);
  if (slug !== undefined) query.where('slug', slug);
  if (barcode !== undefined) query.where('barcode', barcode);
  if (brand !== undefined) query.where('brand', brand);
  for (const label of labels) whereLabel(query, label);
  if (currency !== undefined) query.where('currency', currency);
  wherePrice(query, filter);
  if (inStock !== undefined) query.where('in_stock', inStock);
  if (lowStock !== undefined) query.where('is_low_stock', lowStock);
  if (within !== undefined) whereWithin(query, within);
  if (text !== undefined) whereText(query, text);
  if (categories !== undefined) whereInFew(query, categories);
  else if (categoryId !== undefined) whereInCategory(query, categoryId);
  return query;
}

function whereInFew(query: Knex.QueryBuilder, { ids, further }: FewCategories): void {
  if (further === 0) return void query.whereIn('products.category_id', ids);
  const list = ids.map(() => '?').join();
  query.whereRaw(
    `(products.category_id IN (${list}) OR (SELECT COUNT(*) FROM product_categories AS also
        WHERE also.product_id = products.id AND also.category_id IN (${list})) > 0)`,
    [...ids, ...ids],
  );
}

/** Looks the categories of each product up. Counted, so that no server begins with the categories. */
function whereInCategory(query: Knex.QueryBuilder, categoryId: string): void {
  const id = idBytes(categoryId);
  query.whereRaw(
    `((SELECT COUNT(*) FROM category_ancestors WHERE ancestor_id = ? AND descendant_id = products.category_id) > 0
      OR (SELECT COUNT(*) FROM product_categories AS also
            STRAIGHT_JOIN category_ancestors ON ancestor_id = ? AND descendant_id = also.category_id
           WHERE also.product_id = products.id) > 0)`,
    [id, id],
  );
}

/**
 * A draft is stored as archived, so that the release before does not sell it.
 *
 * @param options `isIndexed`: only the condition that the indexes with a status can check
 */
export function whereStatus(
  query: Knex.QueryBuilder,
  { status }: Pick<ProductFilter, 'status'>,
  { isIndexed = false } = {},
): void {
  query.where('status', status === 'active' ? 'active' : 'archived');
  if (status !== 'active' && !isIndexed) query.where('is_draft', status === 'draft');
}

/** Counted, so that no server turns the condition into a join and leaves the index that the list names. */
function whereLabel(query: Knex.QueryBuilder, { name, value }: Label): void {
  query.whereRaw(
    `(SELECT COUNT(*) FROM product_labels
       WHERE product_labels.name = ? AND product_labels.value = ? AND product_labels.product_id = products.id) > 0`,
    [name, value],
  );
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

export function whereText(query: Knex.QueryBuilder, text: TextCondition): void {
  if (text.kind === 'few') query.whereIn('id', Array.from(text.scores.keys(), bytesOf));
  else if (text.kind === 'many') whereWords(query, text);
  else if (text.kind === 'words') query.whereRaw('MATCH (name, description) AGAINST (? IN BOOLEAN MODE)', [text.against]);
  else query.where('name', 'like', `${text.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id, 'hex');
}

/** A subquery that is compared, because the server could turn a join or EXISTS around and read the words of all products first. */
function whereWords(query: Knex.QueryBuilder, { words }: TextMatches & { kind: 'many' }): void {
  const { sql, values } = matchCondition(words);
  query.whereRaw(`(SELECT ${sql} FROM search_documents WHERE search_documents.product_id = id) = 1`, values);
}
