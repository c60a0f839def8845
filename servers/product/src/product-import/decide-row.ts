import { isDeepStrictEqual } from 'node:util';
import {
  mergeNew,
  mergeProduct,
  type NewProduct,
  type Product,
  type ProductDefaults,
  type ProductEdit,
} from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import { fieldOf, type ImportRow, problemOf, type RowFault, type RowFields } from './import-row.ts';
import { readPrice } from './spreadsheet-numbers.ts';

/** The meaning of `stock` for an existing product: `opening` ignores it, `count` posts the difference as a correction. */
export const stockModes = ['opening', 'count'] as const;
export type StockMode = (typeof stockModes)[number];

export type RowDecision =
  | { outcome: 'created'; product: NewProduct }
  /** `edit`: undefined if only the stock changes. */
  | { outcome: 'updated'; product: Product; edit: ProductEdit | undefined; stockDelta: number }
  | { outcome: 'unchanged'; product: Product }
  | { outcome: 'refused'; problem: RowProblem };

type State = {
  /** The row's product; undefined if it is new. */
  existing: Product | undefined;
  /** The existing categories among those of the rows. */
  categories: ReadonlySet<string>;
  stockMode: StockMode;
  /** For new products. */
  defaults: ProductDefaults;
};

/**
 * Decides the outcome of a row. A value equal to the stored one is accepted even if it breaks the current rules, because an earlier
 * release may have stored it. Pure.
 */
export function decideRow(row: ImportRow, { existing, categories, stockMode, defaults }: State): RowDecision {
  const isChange = (field: string): boolean => !isSame(row.given[field], existing?.[field as keyof Product]);
  const faults = row.faults.filter(({ path }) => isChange(fieldOf(path)));
  const priced = withPrice(row, faults, existing?.currency ?? defaults.currency);
  if (priced.faults.length > 0) return refused(problemOf(priced.faults));
  const { categoryId } = priced.fields;
  if (categoryId !== undefined && categoryId !== existing?.categoryId && !categories.has(categoryId))
    return refused(problem('CATEGORY_NOT_FOUND', 'there is no such category', 'categoryId'));
  if (existing === undefined) return decideNew(row, priced.fields, defaults);
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

function decideNew({ sku }: ImportRow, fields: RowFields, defaults: ProductDefaults): RowDecision {
  const { name, priceMinor, categoryId, ...others } = fields;
  const missing = Object.entries({ name, priceMinor, categoryId }).filter(([, value]) => value === undefined);
  if (name === undefined || priceMinor === undefined || categoryId === undefined) {
    const errors = missing.map(([path]) => ({
      path,
      message: `a new product needs ${path}${path === 'priceMinor' ? ' or price' : ''}`,
    }));
    return refused({ code: 'VALIDATION_FAILED', errors });
  }
  const product: NewProduct = { ...(sku === undefined ? {} : { sku }), ...others, name, priceMinor, categoryId };
  const { faults } = mergeNew(product, defaults);
  return faults.length > 0 ? refused(problemOf(faults)) : { outcome: 'created', product };
}

type Edit = { changes: RowFields; stockMode: StockMode };

function decideEdit({ sku, version }: ImportRow, existing: Product, { changes, stockMode }: Edit): RowDecision {
  const { stock, ...edited } = changes;
  const isRenamed = sku !== undefined && sku !== existing.sku;
  const { product, faults } = mergeProduct(existing, isRenamed ? { ...edited, sku } : edited);
  if (faults.length > 0) return refused(problemOf(faults));
  const isEdited = !isSame(product, existing);
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
  return { outcome: 'updated', product, edit: isEdited ? { before: existing, after: product } : undefined, stockDelta };
}

/** Lists and objects are the same if their contents are; the order of attributes does not count. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && isDeepStrictEqual(one, other));
}

function refused(why: RowProblem): RowDecision {
  return { outcome: 'refused', problem: why };
}
