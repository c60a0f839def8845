import { column, defineTable, nullsOf, omitFields, type RowOf, readRow, type StoredRowOf } from '@florin/database';

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

/** A product as the API shows it. `version` counts staff's edits; sales change only `stock`. */
export type Product = RowOf<typeof productsTable>;
export type ProductRow = StoredRowOf<typeof productsTable>;

/** The table with the fields that staff state, and nothing of what follows from them. */
const statedTable = omitFields(productsTable, ['id', 'stock', 'status', 'version', 'createdAt', 'updatedAt']);

/** What staff state of a product. */
export type ProductFields = RowOf<typeof statedTable>;

/** What a product has where nothing is stated. */
export const blankFields = { ...nullsOf(statedTable), description: '' } satisfies Partial<ProductFields>;

export const productColumns = productsTable.cells.map(({ column }) => column);

export function presentProduct(row: ProductRow): Product {
  return readRow(productsTable, row);
}

/** As others than staff see it. */
export function withoutStaffFields(product: Product): Omit<Product, 'lowStockThreshold'> {
  const { lowStockThreshold: _staffOnly, ...shown } = product;
  return shown;
}
