import { type Product, sharedFields } from '../catalogue/index.ts';
import { type ExportedColumn, optionColumns } from './file-columns.ts';

export type ExportedValues = Readonly<Record<ExportedColumn, string | number | object | null>>;

/**
 * The values of a product in a file. A variant leaves out what it has from its parent, so that a file states it once.
 *
 * @param parent the product with the options, if the product is a variant
 */
export function exportedValues(product: Product, parent?: Product): ExportedValues {
  const optionTexts = product.options ?? parent?.options?.map((name) => product.optionValues?.[name] ?? null) ?? [];
  const family = {
    parentSku: parent?.sku ?? null,
    parentId: parent?.id ?? null,
    ...(Object.fromEntries(optionColumns.map((column, index) => [column, optionTexts[index] ?? null])) as Record<
      (typeof optionColumns)[number],
      string | null
    >),
  };
  const shared = parent === undefined ? {} : Object.fromEntries(sharedFields.map((field) => [field, null]));
  return { ...product, ...shared, ...family };
}
