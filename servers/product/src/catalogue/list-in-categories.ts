import { rowsOf } from '@florin/database';
import { keysetPage, orderByKeyset, type Page, pageOf, whereAfter } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { keepsFewOfCurrency, productsAlong } from './choose-index.ts';
import { productColumns } from './product.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';
import { isByPrice, orderOf, type Sorted } from './product-orders.ts';

type InCategories = { filter: ProductFilter; categories: readonly Buffer[] };

/** Lists the products of these categories: sorts them if the currency is rare, else merges the lists of the categories. */
export async function listInCategories(
  db: Knex,
  { filter, categories }: InCategories,
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const isInOrder = filter.currency === undefined || isByPrice(sort);
  if (isInOrder || !(await keepsFewOfCurrency(db, filter, categories)))
    return mergeCategories(db, { filter, categories }, { sort, ...request });
  const few = db(productsAlong(db, { index: 'products_category_currency_price' })).whereIn('category_id', categories);
  return keysetPage(whereMatches(few.select(productColumns), filter), orderOf(sort).keyset, request);
}

/**
 * Merges the lists of several categories, each read in the order of its index. Of each category at most one page is read.
 */
async function mergeCategories(
  db: Knex,
  { filter, categories }: InCategories,
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const { keyset, categoryIndex } = orderOf(sort, filter);
  const { limit, cursor } = request;
  const inCategory = (category: Buffer): Knex.QueryBuilder =>
    whereMatches(db(productsAlong(db, { index: categoryIndex })).where('category_id', category), filter);
  const [only, second] = categories;
  if (only === undefined) return pageOf([], keyset, limit);
  if (second === undefined) return keysetPage(inCategory(only).select(productColumns), keyset, request);
  const branches = categories.map((category) => {
    const branch = inCategory(category);
    if (cursor !== undefined) whereAfter(branch, keyset, cursor);
    return orderByKeyset(branch.select(keyset.columns.map(({ column }) => column)), keyset).limit(limit + 1);
  });
  const merged = db.select('id').from(db.unionAll(branches, true).as('merged'));
  const page = orderByKeyset(merged, keyset).limit(limit + 1);
  const query = db
    .select(productColumns.map((column) => `products.${column}`))
    .from(page.as('page'))
    .join('products', 'products.id', 'page.id');
  for (const { column, direction } of keyset.columns) query.orderBy(`products.${column}`, direction);
  return pageOf(await rowsOf<ProductRow>(query), keyset, limit);
}
