import type { Product, ProductFields } from '../catalogue/index.ts';

type FileField = keyof ProductFields | keyof Pick<Product, 'id' | 'stock' | 'status' | 'version'>;

/** `tags`: words between commas. `json`: an object or a list as JSON. */
type ColumnType = 'text' | 'integer' | 'decimal' | 'tags' | 'json';

/** The type of each column, in the order of an export. The compiler requires a column for each field. */
export const fileColumns: Readonly<Record<FileField, ColumnType>> = {
  sku: 'text',
  id: 'text',
  name: 'text',
  slug: 'text',
  description: 'text',
  brand: 'text',
  barcode: 'text',
  priceMinor: 'integer',
  compareAtPriceMinor: 'integer',
  currency: 'text',
  taxRatePercent: 'decimal',
  categoryId: 'text',
  imageUrl: 'text',
  images: 'json',
  tags: 'tags',
  attributes: 'json',
  weightGrams: 'integer',
  stock: 'integer',
  lowStockThreshold: 'integer',
  status: 'text',
  version: 'integer',
};

export const exportedFields = Object.keys(fileColumns) as readonly FileField[];

/** The columns of an import: those of an export and `price`, a decimal number in the currency's main unit. */
export const importColumns: readonly string[] = exportedFields.flatMap((field) =>
  field === 'priceMinor' ? [field, 'price'] : [field],
);

export function columnType(name: string): ColumnType {
  return fileColumns[name as FileField] ?? 'text';
}

/** Whether the values of a column are lists or objects. */
export function isStructured(name: string): boolean {
  return columnType(name) === 'tags' || columnType(name) === 'json';
}
