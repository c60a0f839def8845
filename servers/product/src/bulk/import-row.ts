import { AppError, validate } from '@florin/app-response';
import { quantity, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Product } from '../products/product.ts';
import { MAX_STOCK, productFields, productId } from '../products/product-fields.ts';
import type { RowProblem } from './errors.ts';

/** A row of an import. What it leaves out stays as it is; a new product needs `name`, `priceMinor` and `categoryId`. */
export type ImportRow = Partial<
  Pick<
    Product,
    | 'name'
    | 'description'
    | 'priceMinor'
    | 'currency'
    | 'categoryId'
    | 'imageUrl'
    | 'lowStockThreshold'
    | 'status'
    | 'stock'
    | 'version'
  >
> & { sku?: string; id?: string };

const none = null;

const fields = {
  ...productFields,
  sku: productFields.sku.empty(none),
  /** Names a product that has no SKU. */
  id: productId,
  imageUrl: productFields.imageUrl.allow(null),
  lowStockThreshold: productFields.lowStockThreshold.allow(null),
  status: Joi.string().valid('active', 'archived'),
  stock: quantity().min(0).max(MAX_STOCK),
  version: wholeNumber().min(1).max(4_294_967_295),
};

const importRow = Joi.object<ImportRow, true>(fields).or('sku', 'id');

export const importColumns: ReadonlySet<string> = new Set(Object.keys(fields));

export function isNullable(column: string): boolean {
  return column === 'imageUrl' || column === 'lowStockThreshold';
}

/** @param options `isText`: numbers come as text too, as in CSV */
export function parseRow(
  values: unknown,
  options: { isText: boolean },
): { row: ImportRow } | { problem: RowProblem; sku?: string } {
  try {
    const row = validate(importRow, values, options);
    // A SKU is the name where there is one.
    if (row.sku !== undefined) delete row.id;
    return { row };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { problem: { code: 'VALIDATION_FAILED', errors: error.errors ?? [] }, ...skuOf(values) };
  }
}

/** The SKU of a row that is otherwise broken, for the report. */
function skuOf(values: unknown): { sku?: string } {
  const { sku } = values as { sku?: unknown };
  return typeof sku === 'string' && productFields.sku.validate(sku).error === undefined ? { sku } : {};
}
