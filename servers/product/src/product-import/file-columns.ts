import type { Product, ProductFields } from '../catalogue/index.ts';

type FileField = keyof ProductFields | keyof Pick<Product, 'id' | 'stock' | 'status' | 'version'>;

/** The type of each column, in the order of an export. The compiler requires a column for each field. */
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

/** The columns of an import: those of an export and `price`, a decimal number in the currency's main unit. */
export const importColumns: readonly string[] = exportedFields.flatMap((field) =>
  field === 'priceMinor' ? [field, 'price'] : [field],
);

/** The columns whose cells are integers. */
export const integerColumns: readonly string[] = exportedFields.filter((field) => fileColumns[field] === 'integer');
