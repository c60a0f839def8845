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
  /** As somebody typed it. */
  q?: string;
  /** With all categories below it. */
  categoryId?: string;
};

/** A category with more below it is most of the catalogue; its list is then the whole list with the others left out. */
const MAX_BRANCHES = 64;
/** Maximum number of products that are looked at for one page, where nothing says how far those asked for are. */
const MAX_LOOKED_AT = 10_000;

/**
 * A page of products. Each sort has an index whose order it is, alone and within a category, so that a page costs what it shows
 * and not what the list has; docs/adr/0008 says why, and where that has its limits.
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
