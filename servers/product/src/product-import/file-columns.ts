import type { Product, ProductFields } from '../catalogue/index.ts';

type FileField = keyof ProductFields | keyof Pick<Product, 'id' | 'stock' | 'status' | 'version'>;

/** `tags`: words between commas. `json`: an object or a list as JSON. */
type ColumnType = 'text' | 'integer' | 'signed integer' | 'decimal' | 'tags' | 'json';

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
  categoryIds: 'tags',
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

/** The names of the options of a product; of a variant, which names its parent, the values of the options. */
export const optionColumns = ['option1', 'option2', 'option3'] as const;
const familyColumns = ['parentSku', 'parentId', ...optionColumns] as const;

const productColumns = Object.keys(fileColumns) as readonly FileField[];

export type ExportedColumn = FileField | (typeof familyColumns)[number];

export const exportedColumns: readonly ExportedColumn[] = [...productColumns, ...familyColumns];

/** The column of a file with rejected rows that says why. An import ignores it. */
export const REASON = 'reason';

/**
 * Columns of an import alone: `price` and `compareAtPrice`, decimal numbers in the currency's main unit; `category`, names or paths of
 * categories; `stockDelta`, units to add or to remove. Each stands behind the column whose value it gives in another form.
 */
const besides: Partial<Record<ExportedColumn, string>> = {
  priceMinor: 'price',
  compareAtPriceMinor: 'compareAtPrice',
  categoryIds: 'category',
  stock: 'stockDelta',
};

/** The columns of an import: those of an export, those beside them, and the reason. */
export const importColumns: readonly string[] = [
  ...exportedColumns.flatMap((column) => [column, ...(besides[column] === undefined ? [] : [besides[column]])]),
  REASON,
];

export function columnType(name: string): ColumnType {
  return name === besides.stock ? 'signed integer' : (fileColumns[name as FileField] ?? 'text');
}

/** Whether the values of a column are lists or objects. */
export function isStructured(name: string): boolean {
  return columnType(name) === 'tags' || columnType(name) === 'json';
}
