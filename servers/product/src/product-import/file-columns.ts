import type { Product, ProductFields } from '../catalogue/index.ts';

type FileField = keyof ProductFields | keyof Pick<Product, 'id' | 'stock' | 'status' | 'version'>;

/** What the cells of each column hold, in the order in which an export writes them. A field without a column does not compile. */
export const fileColumns: Readonly<Record<FileField, 'text' | 'integer'>> = {
  sku: 'text',
  id: 'text',
  name: 'text',
  description: 'text',
  priceMinor: 'integer',
  currency: 'text',
  categoryId: 'text',
  imageUrl: 'text',
  stock: 'integer',
  lowStockThreshold: 'integer',
  status: 'text',
  version: 'integer',
};

export const exportedFields = Object.keys(fileColumns) as readonly FileField[];

/** What an import knows besides: a decimal price, in the currency's own unit. */
export const importColumns: readonly string[] = exportedFields.flatMap((field) =>
  field === 'priceMinor' ? [field, 'price'] : [field],
);

/** Columns whose cells are digits. */
export const integerColumns: readonly string[] = exportedFields.filter((field) => fileColumns[field] === 'integer');
