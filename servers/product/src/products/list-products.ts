import { idValue, integerValue, type Keyset, keysetPage, type Page, type PageRequest, textValue } from '@florin/pagination';
import { idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { readDescendants } from '../categories/read-categories.ts';
import type { BuyerLimit } from '../limits/read-limits.ts';
import { type ProductRow, productColumns } from './product.ts';

export const productSorts = ['newest', 'price', '-price', 'name'] as const;
export type ProductSort = (typeof productSorts)[number];

export type ProductFilter = {
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  lowStock?: boolean;
  /** Keep only what may be bought within these. */
  within?: readonly BuyerLimit[];
};

export async function listProducts(
  db: Knex,
  filter: ProductFilter,
  { sort, ...request }: PageRequest & { sort: ProductSort },
): Promise<Page<ProductRow>> {
  const query = db('products').select(productColumns).where('status', filter.status);
  if (filter.categoryId !== undefined) query.whereIn('category_id', await readDescendants(db, filter.categoryId));
  if (filter.minPriceMinor !== undefined) query.where('price_minor', '>=', filter.minPriceMinor);
  if (filter.maxPriceMinor !== undefined) query.where('price_minor', '<=', filter.maxPriceMinor);
  if (filter.inStock !== undefined) query.where('in_stock', filter.inStock);
  if (filter.lowStock !== undefined) query.where('is_low_stock', filter.lowStock);
  if (filter.within !== undefined) whereWithin(query, filter.within);
  return keysetPage(query, keysets[sort], request);
}

function whereWithin(query: Knex.QueryBuilder, limits: readonly BuyerLimit[]): void {
  query.where((any) => {
    any.whereRaw('FALSE');
    for (const { currency, limitMinor } of limits) any.orWhereRaw('(currency = ? AND price_minor <= ?)', [currency, limitMinor]);
  });
}

const id = { column: 'id', toSql: idValue };

const keysets: Readonly<Record<ProductSort, Keyset<ProductRow>>> = {
  newest: { name: 'newest', columns: [{ ...id, direction: 'desc' }], keyOf: (row) => [idText(row.id)] },
  price: {
    name: 'price',
    columns: [
      { column: 'price_minor', direction: 'asc', toSql: integerValue },
      { ...id, direction: 'asc' },
    ],
    keyOf: (row) => [row.price_minor, idText(row.id)],
  },
  '-price': {
    name: '-price',
    columns: [
      { column: 'price_minor', direction: 'desc', toSql: integerValue },
      { ...id, direction: 'desc' },
    ],
    keyOf: (row) => [row.price_minor, idText(row.id)],
  },
  name: {
    name: 'name',
    columns: [
      { column: 'name', direction: 'asc', toSql: textValue },
      { ...id, direction: 'asc' },
    ],
    keyOf: (row) => [row.name, idText(row.id)],
  },
};
