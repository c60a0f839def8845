import { type Keyset, keysetPage, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import { productIndex } from '../search/index.ts';
import type { ProductRow } from '../stock/index.ts';
import { chooseIndex, hasScatteredCategories, productsAlong, type ReadPath } from './choose-index.ts';
import { listEntries } from './list-entries.ts';
import { countFurther, listInCategories } from './list-in-categories.ts';
import { listRanked, rankedKeyset } from './list-ranked.ts';
import { type ListedRow, productColumns } from './product.ts';
import { type FewCategories, type ProductFilter, type TextCondition, whereMatches } from './product-filter.ts';
import { type ListSort, orderOf, type Sorted } from './product-orders.ts';
import { readDescendants } from './read-categories.ts';
import { readProducts } from './read-products.ts';
import { siftDocuments } from './sift-documents.ts';
import { textQueryOf } from './text-query.ts';

export type ProductSearch = Omit<ProductFilter, 'text' | 'categories'> & {
  /** The search text as the client sent it. */
  q?: string;
};

/** Maximum number of categories whose lists are merged. Beyond it, the whole list is read and other categories are skipped. */
const MAX_BRANCHES = 64;
/**
 * Maximum numbers of products that are read for one page if the index cannot check all conditions: the second one more if the first
 * does not fill the page. Finding the end of 10,000 takes longer than a page of what many products are.
 */
const MAX_LOOKED_AT = [1_000, 9_000];

/**
 * Lists products. Each sort has an index with its order, for all products and for one category, so the cost of a page depends on
 * its size and not on the length of the list. A product with variants is listed once. docs/adr/0008 has the reasons and the limits.
 */
export async function listProducts(
  db: Knex,
  search: ProductSearch,
  { sort = defaultSort(search), ...request }: PageRequest & { sort?: ListSort | undefined },
): Promise<Page<ListedRow>> {
  const filter = await searchOf(db, search);
  return listEntries(db, { filter, ...orderedList(db, filter, sort) }, request);
}

type OrderedList = { keyset: Keyset<ProductRow>; readPage(page: PageRequest): Promise<Page<ProductRow>> };

function orderedList(db: Knex, filter: ProductFilter, wanted: ListSort): OrderedList {
  const { text, categories } = filter;
  if (wanted === 'relevance' && text?.kind === 'few') {
    const { scores } = text;
    return { keyset: rankedKeyset(scores), readPage: (page) => listRanked(db, { filter, scores }, page) };
  }
  const sort = wanted === 'relevance' ? 'newest' : wanted;
  const isAlong = categories === undefined || isSparse(filter) || hasScatteredCategories(filter);
  const readPage: OrderedList['readPage'] = (page) =>
    isAlong ? listAlong(db, filter, { ...page, sort }) : listInCategories(db, { filter, categories }, { ...page, sort });
  return { keyset: orderOf(sort).keyset, readPage };
}

function defaultSort({ q = '' }: ProductSearch): ListSort {
  return q.trim() === '' ? 'newest' : 'relevance';
}

/** Reads the text of a search, and the subcategories of its category if they are few. */
export async function searchOf(db: Knex, { q = '', ...conditions }: ProductSearch): Promise<ProductFilter> {
  const text = await textConditionOf(db, q);
  const categories = await readFewCategories(db, conditions);
  return { ...conditions, ...(text === undefined ? {} : { text }), ...(categories === undefined ? {} : { categories }) };
}

async function readFewCategories(db: Knex, { categoryId }: ProductFilter): Promise<FewCategories | undefined> {
  if (categoryId === undefined) return undefined;
  const ids = await readDescendants(db, categoryId, { max: MAX_BRANCHES });
  return ids.length > MAX_BRANCHES ? undefined : { ids, further: await countFurther(db, ids) };
}

async function textConditionOf(db: Knex, q: string): Promise<TextCondition | undefined> {
  if (q.trim() === '') return undefined;
  const matches = await productIndex.find(db, q);
  return matches.kind === 'unbuilt' ? textQueryOf(q) : matches;
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
  const query = whereMatches(db(products), filter);
  // Whole rows of thousands of products would be sorted in a file.
  if (filter.text?.kind === 'few') {
    const page = await keysetPage<ProductRow>(query.select(columnsOf(keyset)), keyset, request);
    return { ...page, rows: await readProducts(db, page.rows) };
  }
  if (path?.isSifted !== true) return keysetPage(query.select(productColumns), keyset, request);
  const list = query.select(columnsOf(keyset));
  return siftAlong(db, siftOf(db, { filter, list, path, keyset }), request);
}

type Sifted = { filter: ProductFilter; list: Knex.QueryBuilder; path: ReadPath; keyset: Keyset<ProductRow> };

/** Searches the columns of the index alone, as far as the filters allow it; for words of the index of search, its documents. */
function siftOf(db: Knex, { filter, list, path, keyset }: Sifted): Sift {
  const { text } = filter;
  if (text?.kind === 'many' && path.index === 'products_newest')
    return (request) => siftDocuments(db, { filter, words: text.words }, request);
  return ({ maxRows, ...request }) =>
    siftedPage({ query: list.clone(), along: along(db, path, keyset), keyset, maxRows }, request);
}

/** Reads the next page of the next `maxRows` products of the list's order. */
type Sift = (request: PageRequest & { maxRows: number }) => Promise<Page<Pick<ProductRow, 'id'>>>;

/** Searches as few products as fill the page, and reads the whole rows of the page only. */
async function siftAlong(db: Knex, sift: Sift, { limit, cursor: start }: PageRequest): Promise<Page<ProductRow>> {
  const found: Pick<ProductRow, 'id'>[] = [];
  let cursor = start;
  for (const maxRows of MAX_LOOKED_AT) {
    const { rows, nextCursor } = await sift({ limit: limit - found.length, cursor, maxRows });
    found.push(...rows);
    cursor = nextCursor ?? undefined;
    if (found.length === limit || nextCursor === null) break;
  }
  return { rows: await readProducts(db, found), limit, nextCursor: cursor ?? null };
}

function along(db: Knex, { narrow, ...source }: ReadPath, keyset: Keyset<ProductRow>): Knex.QueryBuilder {
  const query = db(productsAlong(db, source)).select(columnsOf(keyset));
  narrow(query);
  return query;
}

function columnsOf({ columns }: Keyset<ProductRow>): string[] {
  return columns.map(({ column }) => column);
}
