import { AppError, requestErrors } from '@florin/app-response';
import { idValue, integerValue, type Keyset, keysetPage, type Page, type PageRequest, textValue } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import type { BuyerLimit } from '../limits/read-limits.ts';
import { type Product, type ProductRow, presentProduct, productColumns } from './product.ts';

export type ProductSort = 'newest' | 'price' | '-price' | 'name';

export type ProductFilter = {
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  /** Keep only what may be bought within these. */
  within?: readonly BuyerLimit[];
};

/** @throws AppError NOT_FOUND */
export async function readProduct(db: Knex, id: string): Promise<Product> {
  const row = (await db('products')
    .where({ id: idBytes(id) })
    .first(...productColumns)) as ProductRow | undefined;
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
  return presentProduct(row);
}

export function listProducts(
  db: Knex,
  filter: ProductFilter,
  { sort, ...request }: PageRequest & { sort: ProductSort },
): Promise<Page<ProductRow>> {
  const query = db('products').select(productColumns).where('status', filter.status);
  if (filter.categoryId !== undefined) query.where('category_id', idBytes(filter.categoryId));
  if (filter.minPriceMinor !== undefined) query.where('price_minor', '>=', filter.minPriceMinor);
  if (filter.maxPriceMinor !== undefined) query.where('price_minor', '<=', filter.maxPriceMinor);
  if (filter.inStock !== undefined) query.where('stock', filter.inStock ? '>' : '=', 0);
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
