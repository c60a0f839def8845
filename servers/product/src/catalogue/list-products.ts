import { type Keyset, keysetPage, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { chooseIndex, hasScatteredCategories, productsAlong, type ReadPath } from './choose-index.ts';
import { listEntries } from './list-entries.ts';
import { countFurther, listInCategories } from './list-in-categories.ts';
import { type ListedRow, productColumns } from './product.ts';
import { type FewCategories, type ProductFilter, whereMatches } from './product-filter.ts';
import { orderOf, type Sorted } from './product-orders.ts';
import { readDescendants } from './read-categories.ts';
import { textQueryOf } from './text-query.ts';

export type ProductSearch = Omit<ProductFilter, 'text' | 'categories'> & {
  /** The search text as the client sent it. */
  q?: string;
};

/** Maximum number of categories whose lists are merged. Beyond it, the whole list is read and other categories are skipped. */
const MAX_BRANCHES = 64;
/** Maximum number of products read for one page if the index cannot check all conditions. */
const MAX_LOOKED_AT = 10_000;

/**
 * Lists products. Each sort has an index with its order, for all products and for one category, so the cost of a page depends on
 * its size and not on the length of the list. A product with variants is listed once. docs/adr/0008 has the reasons and the limits.
 */
export async function listProducts(db: Knex, search: ProductSearch, { sort, ...request }: Sorted): Promise<Page<ListedRow>> {
  const filter = await searchOf(db, search);
  const { categories } = filter;
  const readPage = (page: PageRequest): Promise<Page<ProductRow>> =>
    categories === undefined || isSparse(filter) || hasScatteredCategories(filter)
      ? listAlong(db, filter, { ...page, sort })
      : listInCategories(db, { filter, categories }, { ...page, sort });
  return listEntries(db, { filter, keyset: orderOf(sort).keyset, readPage }, request);
}

/** Reads the text of a search, and the subcategories of its category if they are few. */
export async function searchOf(db: Knex, { q = '', ...conditions }: ProductSearch): Promise<ProductFilter> {
  const text = textQueryOf(q);
  const categories = await readFewCategories(db, conditions);
  return { ...conditions, ...(text === undefined ? {} : { text }), ...(categories === undefined ? {} : { categories }) };
}

async function readFewCategories(db: Knex, { categoryId }: ProductFilter): Promise<FewCategories | undefined> {
  if (categoryId === undefined) return undefined;
  const ids = await readDescendants(db, categoryId, { max: MAX_BRANCHES });
  return ids.length > MAX_BRANCHES ? undefined : { ids, further: await countFurther(db, ids) };
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

async function listAlong(db: Knex, filter: ProductFilter, { sort, ...request }: Sorted): Promise<Page<ProductRow>> {
  const { keyset, index } = orderOf(sort, filter);
  const path = filter.text?.kind === 'words' ? undefined : await chooseIndex(db, { filter, order: index });
  const products = path === undefined ? 'products' : productsAlong(db, path);
  const query = whereMatches(db(products).select(productColumns), filter);
  return path?.isSifted === true
    ? siftedPage({ query, along: along(db, path, keyset), keyset, maxRows: MAX_LOOKED_AT }, request)
    : keysetPage(query, keyset, request);
}

function along(db: Knex, { narrow, ...source }: ReadPath, { columns }: Keyset<ProductRow>): Knex.QueryBuilder {
  const query = db(productsAlong(db, source)).select(columns.map(({ column }) => column));
  narrow(query);
  return query;
}
