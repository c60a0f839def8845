import { nullsOf, omitFields, type RowOf, readRow } from '@florin/database';
import { type Product, type ProductRow, productsTable } from '../stock/index.ts';

export type { Product, ProductRow };

/** The columns that staff set. */
const statedTable = omitFields(productsTable, ['id', 'stock', 'status', 'version', 'createdAt', 'updatedAt']);

/** The fields that staff set. */
export type ProductFields = RowOf<typeof statedTable>;

/** The default values of the fields that staff set. */
export const blankFields = { ...nullsOf(statedTable), description: '' } satisfies Partial<ProductFields>;

export const productColumns = productsTable.cells.map(({ column }) => column);

export function presentProduct(row: ProductRow): Product {
  return readRow(productsTable, row);
}

/** The product as buyers and anonymous clients see it. */
export function withoutStaffFields(product: Product): Omit<Product, 'lowStockThreshold'> {
  const { lowStockThreshold: _staffOnly, ...shown } = product;
  return shown;
}
