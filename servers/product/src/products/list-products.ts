import {
  idValue,
  integerValue,
  type Keyset,
  keysetPage,
  orderByKeyset,
  type Page,
  type PageRequest,
  pageOf,
  textValue,
  whereAfter,
} from '@florin/pagination';
import { idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { readDescendants } from '../categories/read-categories.ts';
import { chooseIndex } from './choose-index.ts';
import { type ProductRow, productColumns } from './product.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';
import { textQueryOf } from './text-query.ts';

export const productSorts = ['newest', 'price', '-price', 'name'] as const;
export type ProductSort = (typeof productSorts)[number];

export type ProductSearch = Omit<ProductFilter, 'text'> & {
  /** As somebody typed it. */
  q?: string;
  /** With all categories below it. */
  categoryId?: string;
};

type Sorted = PageRequest & { sort: ProductSort };

/** A category with more below it is most of the catalogue; its list is then the whole list with the others left out. */
const MOST_BRANCHES = 64;

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
  const categories = categoryId === undefined ? undefined : await readDescendants(db, categoryId);
  return categories === undefined || text !== undefined || categories.length > MOST_BRANCHES
    ? readAlong(db, { filter, categories }, request)
    : readBranches(db, { filter, categories }, request);
}

async function readAlong(
  db: Knex,
  { filter, categories }: { filter: ProductFilter; categories: readonly Buffer[] | undefined },
  { sort, ...request }: Sorted,
): Promise<Page<ProductRow>> {
  const { keyset, index } = lists[sort];
  const table = filter.text?.kind === 'words' ? 'products' : indexed(db, await chooseIndex(db, filter, index));
  const query = whereMatches(db(table).select(productColumns), filter);
  if (categories !== undefined) query.whereIn('category_id', categories);
  return keysetPage(query, keyset, request);
}

/**
 * The first rows of the lists of several categories, each in the order of its index: no more of each is read than the page can
 * need, however many products the categories have.
 */
async function readBranches(
  db: Knex,
  { filter, categories }: { filter: ProductFilter; categories: readonly Buffer[] },
  { sort, limit, cursor }: Sorted,
): Promise<Page<ProductRow>> {
  const { keyset, categoryIndex } = lists[sort];
  const [only, second] = categories;
  if (only === undefined) return pageOf([], keyset, limit);
  if (second === undefined) {
    const query = whereMatches(db(indexed(db, categoryIndex)).select(productColumns).where('category_id', only), filter);
    return keysetPage(query, keyset, { limit, ...(cursor === undefined ? {} : { cursor }) });
  }
  const branches = categories.map((category) => {
    const branch = whereMatches(db(indexed(db, categoryIndex)).where('category_id', category), filter);
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
  return pageOf((await query) as ProductRow[], keyset, limit);
}

function indexed(db: Knex, index: string): Knex.Raw {
  return db.raw('products FORCE INDEX (??)', [index]);
}

type List = {
  keyset: Keyset<ProductRow>;
  /** The index that has the products of a status in this order. */
  index: string;
  /** The same of a category. */
  categoryIndex: string;
};

const id = { column: 'id', toSql: idValue };
const price = { column: 'price_minor', toSql: integerValue };
const name = { column: 'name', toSql: textValue };

const lists: Readonly<Record<ProductSort, List>> = {
  newest: {
    index: 'products_newest',
    categoryIndex: 'products_category',
    keyset: { name: 'newest', columns: [{ ...id, direction: 'desc' }], keyOf: (row) => [idText(row.id)] },
  },
  price: {
    index: 'products_price',
    categoryIndex: 'products_category_price',
    keyset: {
      name: 'price',
      columns: [
        { ...price, direction: 'asc' },
        { ...id, direction: 'asc' },
      ],
      keyOf: (row) => [row.price_minor, idText(row.id)],
    },
  },
  '-price': {
    index: 'products_price',
    categoryIndex: 'products_category_price',
    keyset: {
      name: '-price',
      columns: [
        { ...price, direction: 'desc' },
        { ...id, direction: 'desc' },
      ],
      keyOf: (row) => [row.price_minor, idText(row.id)],
    },
  },
  name: {
    index: 'products_name',
    categoryIndex: 'products_category_name',
    keyset: {
      name: 'name',
      columns: [
        { ...name, direction: 'asc' },
        { ...id, direction: 'asc' },
      ],
      keyOf: (row) => [row.name, idText(row.id)],
    },
  },
};
