import type { NewProduct, Product } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import { type ImportRow, problemOf, type RowFault, type RowFields } from './import-row.ts';
import { readPrice } from './spreadsheet-numbers.ts';

/** The meaning of `stock` for an existing product: `opening` ignores it, `count` posts the difference as a correction. */
export const stockModes = ['opening', 'count'] as const;
export type StockMode = (typeof stockModes)[number];

export type RowDecision =
  | { outcome: 'created'; product: NewProduct }
  | { outcome: 'updated'; product: Product; isEdited: boolean; stockDelta: number }
  | { outcome: 'unchanged'; product: Product }
  | { outcome: 'refused'; problem: RowProblem };

type State = {
  /** The row's product; undefined if it is new. */
  existing: Product | undefined;
  /** The existing categories among those of the rows. */
  categories: ReadonlySet<string>;
  stockMode: StockMode;
  /** Currency of new products whose row has none. */
  currency: string;
};

/**
 * Decides the outcome of a row. A value equal to the stored one is accepted even if it breaks the current rules, because an earlier
 * release may have stored it. Pure.
 */
export function decideRow(row: ImportRow, { existing, categories, stockMode, currency }: State): RowDecision {
  const isChange = (field: string): boolean => row.given[field] !== existing?.[field as keyof Product];
  const faults = row.faults.filter(({ path }) => isChange(path));
  const priced = withPrice(row, faults, existing?.currency ?? currency);
  if (priced.faults.length > 0) return refused(problemOf(priced.faults));
  const { categoryId } = priced.fields;
  if (categoryId !== undefined && categoryId !== existing?.categoryId && !categories.has(categoryId))
    return refused(problem('CATEGORY_NOT_FOUND', 'there is no such category', 'categoryId'));
  if (existing === undefined) return decideNew(row, priced.fields);
  const changes = Object.fromEntries(
    Object.entries(priced.fields).filter(([field]) => field === 'priceMinor' || isChange(field)),
  );
  return decideEdit(row, existing, { changes, stockMode });
}

type Priced = Pick<ImportRow, 'fields' | 'faults'>;

/** Converts `price` to `priceMinor`. If the row has both, they must be equal. */
function withPrice({ price, fields }: ImportRow, faults: readonly RowFault[], usual: string): Priced {
  if (price === undefined || faults.some(({ path }) => path === 'currency')) return { fields, faults };
  const priceMinor = readPrice(price, fields.currency ?? usual);
  const withFault = (why: string): Priced => ({ fields, faults: [...faults, { path: 'price', message: `price ${why}` }] });
  if (typeof priceMinor === 'string') return withFault(priceMinor);
  if (fields.priceMinor !== undefined && fields.priceMinor !== priceMinor)
    return withFault(`is ${priceMinor} in minor units, but priceMinor is ${fields.priceMinor}: remove one of the two`);
  return { fields: { ...fields, priceMinor }, faults };
}

function decideNew({ sku }: ImportRow, fields: RowFields): RowDecision {
  const { name, priceMinor, categoryId, ...others } = fields;
  const missing = Object.entries({ name, priceMinor, categoryId }).filter(([, value]) => value === undefined);
  if (name === undefined || priceMinor === undefined || categoryId === undefined) {
    const errors = missing.map(([path]) => ({
      path,
      message: `a new product needs ${path}${path === 'priceMinor' ? ' or price' : ''}`,
    }));
    return refused({ code: 'VALIDATION_FAILED', errors });
  }
  return {
    outcome: 'created',
    product: { ...(sku === undefined ? {} : { sku }), ...others, name, priceMinor, categoryId },
  };
}

type Edit = { changes: RowFields; stockMode: StockMode };

function decideEdit({ sku, version }: ImportRow, existing: Product, { changes, stockMode }: Edit): RowDecision {
  const { stock, ...edited } = changes;
  const isRenamed = sku !== undefined && sku !== existing.sku;
  const isEdited = isRenamed || Object.entries(edited).some(([field, value]) => existing[field as keyof Product] !== value);
  const stockDelta = stockMode === 'count' && stock !== undefined ? stock - existing.stock : 0;
  if (!isEdited && stockDelta === 0) return { outcome: 'unchanged', product: existing };
  if (isEdited && version !== undefined && version !== existing.version)
    return refused(
      problem(
        'PRECONDITION_FAILED',
        `the product was changed after the export: its version is now ${existing.version}`,
        'version',
      ),
    );
  const product = { ...existing, ...edited, ...(isRenamed ? { sku } : {}) };
  return { outcome: 'updated', product, isEdited, stockDelta };
}

function refused(why: RowProblem): RowDecision {
  return { outcome: 'refused', problem: why };
}
