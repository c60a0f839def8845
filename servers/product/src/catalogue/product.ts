import { nullsOf, omitFields, type RowOf, readRow } from '@florin/database';
import { type Product, type ProductRow, productsTable } from '../stock/index.ts';

export type { Product, ProductRow };

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
