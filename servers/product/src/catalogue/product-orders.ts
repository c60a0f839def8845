import { idText } from '@florin/database';
import { idValue, integerValue, type Keyset, type PageRequest, textValue } from '@florin/pagination';
import type { ProductRow } from '../stock/index.ts';

export const productSorts = ['newest', 'price', '-price', 'name'] as const;
export type ProductSort = (typeof productSorts)[number];

/** The sorts of a list of products. The best match first is for lists with a search text. */
export const listSorts = ['relevance', ...productSorts] as const;
export type ListSort = (typeof listSorts)[number];

export type Sorted = PageRequest & { sort: ProductSort };

type Order = {
  keyset: Keyset<ProductRow>;
  /** The index with the products of a status in this order. */
  index: string;
  /** The index with the products of a category in this order. */
  categoryIndex: string;
};

/** With a currency, the sorts by price use indexes with the currency before the price. */
export function orderOf(sort: ProductSort, { currency }: { currency?: string } = {}): Order {
  const order = orders[sort];
  if (currency === undefined || !isByPrice(sort)) return order;
  return { ...order, index: 'products_currency_price', categoryIndex: 'products_category_currency_price' };
}

export function isByPrice(sort: ListSort | undefined): boolean {
  return sort === 'price' || sort === '-price';
}

const id = { column: 'id', toSql: idValue };
const price = { column: 'price_minor', toSql: integerValue };
const name = { column: 'name', toSql: textValue };

const orders: Readonly<Record<ProductSort, Order>> = {
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
