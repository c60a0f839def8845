import { column, defineTable, type RowOf, type StoredRowOf } from '@florin/database';

export const productsTable = defineTable(
  'products',
  {
    id: column.id(),
    sku: column.text('varchar(64)').orNull(),
    name: column.text('varchar(200)'),
    description: column.text('text'),
    priceMinor: column.money(),
    currency: column.text('char(3)'),
    categoryId: column.id(),
    imageUrl: column.text('varchar(2000)').orNull(),
    stock: column.integer('bigint'),
    lowStockThreshold: column.integer('bigint').orNull(),
    status: column.text<'active' | 'archived'>('varchar(10)'),
    version: column.integer('int unsigned').byDatabase(),
    createdAt: column.timeText(),
    updatedAt: column.timeText(),
  },
  { unread: ['in_stock', 'is_low_stock'] },
);

/** A product as the API shows it. `version` counts the edits by staff; sales change `stock` alone. */
export type Product = RowOf<typeof productsTable>;
export type ProductRow = StoredRowOf<typeof productsTable>;
