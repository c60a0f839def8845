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
export async function listProducts(db: Knex, search: ProductSearch, request: Sorted): Promise<Page<ProductRow>> {
  const { filter, categories } = await searchOf(db, search);
  return categories === undefined || isSparse(filter) || categories.length > MAX_BRANCHES
    ? listAlong(db, { filter, categories }, request)
    : listInCategories(db, { filter, categories }, request);
}

type Searched = { filter: ProductFilter; categories: readonly Buffer[] | undefined };

/** Reads the text of a search, and the subcategories of its category. */
export async function searchOf(db: Knex, { categoryId, q = '', ...conditions }: ProductSearch): Promise<Searched> {
  const text = textQueryOf(q);
  return {
    filter: text === undefined ? conditions : { ...conditions, text },
    categories: categoryId === undefined ? undefined : await readDescendants(db, categoryId),
  };
}

/** Whether the cost of a list depends on how many products match its text. */
export function isTextSearch({ q = '', skuPrefix }: Pick<ProductSearch, 'q' | 'skuPrefix'>): boolean {
  return q.trim() !== '' || skuPrefix !== undefined;
}

/** Whether a filter may keep few products that are far apart in the order of a category. */
function isSparse({ text, sku, skuPrefix, slug, barcode, brand, labels = [], status }: ProductFilter): boolean {
  const named = text ?? sku ?? skuPrefix ?? slug ?? barcode ?? brand ?? labels[0];
  return named !== undefined || status !== 'active';
}

async function listAlong(db: Knex, { filter, categories }: Searched, { sort, ...request }: Sorted): Promise<Page<ProductRow>> {
  const { keyset, index } = orderOf(sort, filter);
  const path = filter.text?.kind === 'words' ? undefined : await chooseIndex(db, { filter, categories, order: index });
  const products = path === undefined ? 'products' : productsAlong(db, path);
  const query = whereMatches(db(products).select(productColumns), filter);
  if (categories !== undefined) query.whereIn('category_id', categories);
  return path?.isSifted === true
    ? siftedPage({ query, along: along(db, path, keyset), keyset, maxRows: MAX_LOOKED_AT }, request)
    : keysetPage(query, keyset, request);
}

function along(db: Knex, { narrow, ...source }: ReadPath, { columns }: Keyset<ProductRow>): Knex.QueryBuilder {
  const query = db(productsAlong(db, source)).select(columns.map(({ column }) => column));
  narrow(query);
  return query;
}
