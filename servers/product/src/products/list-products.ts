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
import type { BuyerLimit } from '../limits/read-limits.ts';
import { type ProductRow, productColumns } from './product.ts';
import { type TextQuery, textQueryOf } from './text-query.ts';

export const productSorts = ['newest', 'price', '-price', 'name'] as const;
export type ProductSort = (typeof productSorts)[number];

export type ProductFilter = {
  /** As somebody typed it. */
  q?: string;
  /** With all categories below it. */
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  lowStock?: boolean;
  /** Keep only what may be bought within these. */
  within?: readonly BuyerLimit[];
};

/** A category with more below it is most of the catalogue; its list is then the whole list with the others left out. */
const MOST_BRANCHES = 64;

/**
 * A page of products. Each sort has an index whose order it is, alone and within a category, so that a page costs what it shows
 * and not what the list has; docs/adr/0009 says where that has its limits.
 */
export async function listProducts(
  db: Knex,
  { categoryId, q = '', ...filter }: ProductFilter,
  { sort, ...request }: PageRequest & { sort: ProductSort },
): Promise<Page<ProductRow>> {
  const list = lists[sort];
  const text = textQueryOf(q);
  const categories = categoryId === undefined ? undefined : await readDescendants(db, categoryId);
  if (categories === undefined || text !== undefined || categories.length > MOST_BRANCHES) {
    const query = whereMatches(db('products').select(productColumns), filter);
    if (categories !== undefined) query.whereIn('category_id', categories);
    if (text !== undefined) whereText(query, text);
    return keysetPage(query, list.keyset, request);
  }
  const found = await mergeBranches(
    db,
    list,
    categories.map((category) => {
      const branch = whereMatches(db(indexed(db, list.categoryIndex)).where('category_id', category), filter);
      if (request.cursor !== undefined) whereAfter(branch, list.keyset, request.cursor);
      return orderByKeyset(branch, list.keyset).limit(request.limit + 1);
    }),
    request.limit + 1,
  );
  return pageOf(found, list.keyset, request.limit);
}

/**
 * The first rows of several lists that each have the list's order: no more of each is read than the page can need, however many
 * products the categories have. Sorting them all took 0.6 s where this takes 2 ms.
 */
async function mergeBranches(
  db: Knex,
  { keyset }: List,
  branches: readonly Knex.QueryBuilder[],
  limit: number,
): Promise<ProductRow[]> {
  if (branches.length === 0) return [];
  const keys = keyset.columns.map(({ column }) => column);
  const merged = db.unionAll(
    branches.map((branch) => branch.select(keys)),
    true,
  );
  const page = orderByKeyset(db.select('id').from(merged.as('merged')), keyset).limit(limit);
  const query = db
    .select(productColumns.map((column) => `products.${column}`))
    .from(page.as('page'))
    .join('products', 'products.id', 'page.id');
  for (const { column, direction } of keyset.columns) query.orderBy(`products.${column}`, direction);
  return (await query) as ProductRow[];
}

function indexed(db: Knex, index: string): Knex.Raw {
  return db.raw('products FORCE INDEX (??)', [index]);
}

type Conditions = Omit<ProductFilter, 'q' | 'categoryId'>;

function whereMatches(query: Knex.QueryBuilder, filter: Conditions): Knex.QueryBuilder {
  query.where('status', filter.status);
  if (filter.minPriceMinor !== undefined) query.where('price_minor', '>=', filter.minPriceMinor);
  if (filter.maxPriceMinor !== undefined) query.where('price_minor', '<=', filter.maxPriceMinor);
  if (filter.inStock !== undefined) query.where('in_stock', filter.inStock);
  if (filter.lowStock !== undefined) query.where('is_low_stock', filter.lowStock);
  if (filter.within !== undefined) whereWithin(query, filter.within);
  return query;
}

/** The highest limit stands alone, too: as a plain range it can be read from an index. */
function whereWithin(query: Knex.QueryBuilder, limits: readonly BuyerLimit[]): void {
  const highest = Math.max(-1, ...limits.map(({ limitMinor }) => limitMinor));
  query.where('price_minor', '<=', highest);
  query.where((any) => {
    any.whereRaw('FALSE');
    for (const { currency, limitMinor } of limits) any.orWhereRaw('(currency = ? AND price_minor <= ?)', [currency, limitMinor]);
  });
}

function whereText(query: Knex.QueryBuilder, text: TextQuery): void {
  if (text.kind === 'words') query.whereRaw('MATCH (name, description) AGAINST (? IN BOOLEAN MODE)', [text.against]);
  else query.where('name', 'like', `${text.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}

type List = {
  keyset: Keyset<ProductRow>;
  /** The index that has a category's products in this order. */
  categoryIndex: string;
};

const id = { column: 'id', toSql: idValue };
const price = { column: 'price_minor', toSql: integerValue };
const name = { column: 'name', toSql: textValue };

const lists: Readonly<Record<ProductSort, List>> = {
  newest: {
    categoryIndex: 'products_category',
    keyset: { name: 'newest', columns: [{ ...id, direction: 'desc' }], keyOf: (row) => [idText(row.id)] },
  },
  price: {
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
