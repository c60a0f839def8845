import type { NewProduct } from '../products/create-products.ts';
import type { Product } from '../products/product.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';

/** What the figure in `stock` is for a product that is there: nothing, or what was counted, so that the rest is a correction. */
export const stockModes = ['opening', 'count'] as const;
export type StockMode = (typeof stockModes)[number];

export type RowDecision =
  | { outcome: 'created'; product: NewProduct }
  | { outcome: 'updated'; product: Product; isEdited: boolean; stockDelta: number }
  | { outcome: 'unchanged'; product: Product }
  | { outcome: 'refused'; problem: RowProblem };

type State = { existing: Product | undefined; categories: ReadonlySet<string>; stockMode: StockMode };

/** What becomes of a row. Pure. */
export function decideRow(row: ImportRow, { existing, categories, stockMode }: State): RowDecision {
  if (row.categoryId !== undefined && !categories.has(row.categoryId))
    return refused(problem('CATEGORY_NOT_FOUND', 'there is no such category', 'categoryId'));
  return existing === undefined ? decideNew(row) : decideEdit(row, existing, stockMode);
}

function decideNew({ id, version: _version, status, imageUrl, lowStockThreshold, ...row }: ImportRow): RowDecision {
  if (row.sku === undefined) return refused(problem('NOT_FOUND', `there is no product ${id}`, 'id'));
  const { name, priceMinor, categoryId } = row;
  const missing = Object.entries({ name, priceMinor, categoryId }).filter(([, value]) => value === undefined);
  const errors = missing.map(([path]) => ({ path, message: `a new product needs ${path}` }));
  if (status === 'archived') errors.push({ path: 'status', message: 'a new product is active' });
  if (errors.length > 0 || name === undefined || priceMinor === undefined || categoryId === undefined)
    return refused({ code: 'VALIDATION_FAILED', errors });
  const optional = { ...(imageUrl == null ? {} : { imageUrl }), ...(lowStockThreshold == null ? {} : { lowStockThreshold }) };
  return { outcome: 'created', product: { ...row, ...optional, name, priceMinor, categoryId } };
}

function decideEdit(
  { sku: _sku, id: _id, stock, version, ...fields }: ImportRow,
  existing: Product,
  stockMode: StockMode,
): RowDecision {
  const isEdited = Object.entries(fields).some(([field, value]) => existing[field as keyof Product] !== value);
  const stockDelta = stockMode === 'count' && stock !== undefined ? stock - existing.stock : 0;
  if (!isEdited && stockDelta === 0) return { outcome: 'unchanged', product: existing };
  if (isEdited && version !== undefined && version !== existing.version)
    return refused(problem('PRECONDITION_FAILED', `it has version ${existing.version} since`, 'version'));
  return { outcome: 'updated', product: { ...existing, ...fields }, isEdited, stockDelta };
}

function refused(why: RowProblem): RowDecision {
  return { outcome: 'refused', problem: why };
}
