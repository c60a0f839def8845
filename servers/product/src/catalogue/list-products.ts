import { type Keyset, keysetPage, type Page, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { chooseIndex, productsAlong, type ReadPath } from './choose-index.ts';
import { listInCategories } from './list-in-categories.ts';
import { productColumns } from './product.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';
import { orderOf, type Sorted } from './product-orders.ts';
import { readDescendants } from './read-categories.ts';
import { textQueryOf } from './text-query.ts';

export type ProductSearch = Omit<ProductFilter, 'text'> & {
  /** The search text as the client sent it. */
  q?: string;
  /** Includes the subcategories. */
  categoryId?: string;
};

/** A category with more subcategories is most of the catalogue: the whole list is read, and other categories are skipped. */
const MAX_BRANCHES = 64;
/** Maximum number of products read for one page if the index cannot check all conditions. */
const MAX_LOOKED_AT = 10_000;

/**
 * Lists products. Each sort has an index with its order, for all products and for one category, so the cost of a page depends on
 * its size and not on the length of the list. docs/adr/0008 has the reasons and the limits.
 */
export async function listProducts(
  db: Knex,
  { categoryId, q = '', ...conditions }: ProductSearch,
  request: Sorted,
): Promise<Page<ProductRow>> {
  const text = textQueryOf(q);
  const filter = text === undefined ? conditions : { ...conditions, text };
  const { sku, skuPrefix } = filter;
  const categories = categoryId === undefined ? undefined : await readDescendants(db, categoryId);
  const isSearch = (text ?? sku ?? skuPrefix) !== undefined;
  return categories === undefined || isSearch || categories.length > MAX_BRANCHES
    ? listAlong(db, { filter, categories }, request)
    : listInCategories(db, { filter, categories }, request);
}

/** Whether the cost of a list depends on how many products match its text. */
export function isTextSearch({ q = '', skuPrefix }: Pick<ProductSearch, 'q' | 'skuPrefix'>): boolean {
  return q.trim() !== '' || skuPrefix !== undefined;
}

async function listAlong(
  db: Knex,
  { filter, categories }: { filter: ProductFilter; categories: readonly Buffer[] | undefined },
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const { keyset, index } = orderOf(sort, filter);
  const path = filter.text?.kind === 'words' ? undefined : await chooseIndex(db, filter, index);
  const products = path === undefined ? 'products' : productsAlong(db, path.index);
  const query = whereMatches(db(products).select(productColumns), filter);
  if (categories !== undefined) query.whereIn('category_id', categories);
  return path?.isSifted === true
    ? siftedPage({ query, along: along(db, path, keyset), keyset, maxRows: MAX_LOOKED_AT }, request)
    : keysetPage(query, keyset, request);
}

function along(db: Knex, { index, narrow }: ReadPath, { columns }: Keyset<ProductRow>): Knex.QueryBuilder {
  const query = db(productsAlong(db, index)).select(columns.map(({ column }) => column));
  narrow(query);
  return query;
}
