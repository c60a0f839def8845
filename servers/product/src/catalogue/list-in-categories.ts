import { queryOne, rowsOf } from '@florin/database';
import { keysetPage, orderByKeyset, type Page, pageOf, whereAfter } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { keepsFewOfCurrency, MAX_SORTED, productsAlong } from './choose-index.ts';
import { productColumns } from './product.ts';
import { type FewCategories, type ProductFilter, whereMatches } from './product-filter.ts';
import { isByPrice, orderOf, type Sorted } from './product-orders.ts';

type InCategories = { filter: ProductFilter; categories: FewCategories };

/** Counts the products that have one of these categories as a further one, up to `MAX_SORTED` + 1. */
export async function countFurther(db: Knex, ids: readonly Buffer[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { found } = await queryOne<{ found: number }>(
    db,
    'SELECT COUNT(*) AS found FROM (SELECT 1 AS one FROM product_categories WHERE category_id IN (?) LIMIT ?) AS further',
    [[...ids], MAX_SORTED + 1],
  );
  return found;
}

/** Lists the products of these categories: sorts them if the currency is rare, else merges the lists of the categories. */
export async function listInCategories(
  db: Knex,
  { filter: { categoryId: _read, categories: _these, ...filter }, categories }: InCategories,
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const isInOrder = filter.currency === undefined || isByPrice(sort);
  if (isInOrder || categories.further > 0 || !(await keepsFewOfCurrency(db, filter, categories.ids)))
    return mergeCategories(db, { filter, categories }, { sort, ...request });
  const few = db(productsAlong(db, { index: 'products_category_currency_price' })).whereIn('category_id', categories.ids);
  return keysetPage(whereMatches(few.select(productColumns), filter), orderOf(sort).keyset, request);
}

/**
 * Merges the lists of several categories, each read in the order of its index. Of each category at most one page is read. The products
 * that have one of them as a further category are few, and sorted.
 */
async function mergeCategories(
  db: Knex,
  { filter, categories: { ids, further } }: InCategories,
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const { keyset, categoryIndex } = orderOf(sort, filter);
  const { limit, cursor } = request;
  const inCategory = (category: Buffer): Knex.QueryBuilder =>
    whereMatches(db(productsAlong(db, { index: categoryIndex })).where('category_id', category), filter);
  const [only, second] = ids;
  if (only === undefined) return pageOf([], keyset, limit);
  if (second === undefined && further === 0) return keysetPage(inCategory(only).select(productColumns), keyset, request);
  const lists = [...ids.map(inCategory), ...(further > 0 ? [inFurther(db, ids, filter)] : [])];
  const branches = lists.map((branch) => {
    if (cursor !== undefined) whereAfter(branch, keyset, cursor);
    return orderByKeyset(branch.select(keyset.columns.map(({ column }) => column)), keyset).limit(limit + 1);
  });
  const merged = db.select('id').from(db.unionAll(branches, true).as('merged'));
  const page = orderByKeyset(merged, keyset).limit(limit + 1);
  const query = db
    .select(productColumns.map((column) => `products.${column}`))
    .from(page.as('page'))
    .joinRaw('STRAIGHT_JOIN products ON products.id = page.id');
  for (const { column, direction } of keyset.columns) query.orderBy(`products.${column}`, direction);
  return pageOf(await rowsOf<ProductRow>(query), keyset, limit);
}

/** Only products whose main category is another: the others are in the list of that one. */
function inFurther(db: Knex, ids: readonly Buffer[], filter: ProductFilter): Knex.QueryBuilder {
  const products = db.raw('product_categories AS also STRAIGHT_JOIN products ON products.id = also.product_id');
  const query = db(products).distinct().whereIn('also.category_id', ids).whereNotIn('products.category_id', ids);
  return whereMatches(query, filter);
}
