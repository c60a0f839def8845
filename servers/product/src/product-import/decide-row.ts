import { isDeepStrictEqual } from 'node:util';
import {
  type InsertedProduct,
  mergeNew,
  mergeProduct,
  type NewProduct,
  type Product,
  type ProductDefaults,
  type ProductEdit,
} from '../catalogue/index.ts';
import { MAX_STOCK } from '../stock/index.ts';
import { problem, type RowProblem } from './errors.ts';
import { fieldOf, type ImportRow, problemOf, type RowFault, type RowFields } from './import-row.ts';
import { readPrice } from './spreadsheet-numbers.ts';

/** The meaning of `stock` for an existing product: `opening` ignores it, `count` posts the difference as a correction. */
export const stockModes = ['opening', 'count'] as const;
export type StockMode = (typeof stockModes)[number];

export type RowDecision =
  | { outcome: 'created'; product: InsertedProduct }
  /** `edit`: undefined if only the stock changes. */
  | { outcome: 'updated'; product: Product; edit: ProductEdit | undefined; stockDelta: number }
  | { outcome: 'unchanged'; product: Product }
  | { outcome: 'refused'; problem: RowProblem };

type State = {
  /** The row's product; undefined if it is new. */
  existing: Product | undefined;
  /** The existing categories among those of the rows. */
  categories: ReadonlySet<string>;
  /** The ids of the categories that the row names, or why there are none. */
  named: string[] | RowProblem | undefined;
  stockMode: StockMode;
  /** For new products. */
  defaults: ProductDefaults;
};

/**
 * Decides the outcome of a row. A value equal to the stored one is accepted even if it breaks the current rules, because an earlier
 * release may have stored it. Pure.
 */
export function decideRow(row: ImportRow, { existing, categories, named, stockMode, defaults }: State): RowDecision {
  const isChange = (field: string): boolean => !isSame(row.given[field], existing?.[field as keyof Product]);
  const faults = row.faults.filter(({ path }) => isChange(fieldOf(path)));
  const priced = withPrices(row, faults, existing?.currency ?? defaults.currency);
  if (priced.faults.length > 0) return refused(problemOf(priced.faults));
  if (named !== undefined && 'code' in named) return refused(named);
  const moved = stockDeltaOf(row, { existing, stockMode });
  if (typeof moved === 'string') return refused(problem('VALIDATION_FAILED', moved, 'stockDelta'));
  const isNews = ([field, value]: [string, unknown]): boolean =>
    (isConverted(row, field) || isChange(field)) && !isSame(value, existing?.[field as keyof Product]);
  const given = Object.fromEntries(Object.entries(priced.fields).filter(isNews)) as RowFields;
  if (named !== undefined && isOtherThan(named, given)) return refused(problem('VALIDATION_FAILED', CONTRADICTION, 'category'));
  const changes = named === undefined ? given : { ...withoutCategories(given), categoryIds: named };
  const unknown = findUnknown(changes, { existing, categories });
  if (unknown !== undefined) return refused(unknown);
  if (existing === undefined) return decideNew(row, { ...changes, ...(moved === 0 ? {} : { stock: moved }) }, defaults);
  return decideEdit(row, existing, { changes, stockDelta: moved });
}

/** Whether the value of a field comes from a decimal column. */
function isConverted({ price, compareAtPrice }: ImportRow, field: string): boolean {
  return (field === 'priceMinor' && price !== undefined) || (field === 'compareAtPriceMinor' && compareAtPrice !== undefined);
}

const CONTRADICTION = 'category names other categories than categoryId or categoryIds: remove one of them';

/** Whether the columns with ids, where they change something, have other categories than the named ones. */
function isOtherThan(named: readonly string[], { categoryId, categoryIds }: RowFields): boolean {
  return (categoryId !== undefined && categoryId !== named[0]) || (categoryIds !== undefined && !isSame(categoryIds, named));
}

function withoutCategories({ categoryId: _main, categoryIds: _all, ...fields }: RowFields): RowFields {
  return fields;
}

type Known = Pick<State, 'existing' | 'categories'>;

function findUnknown({ categoryId, categoryIds = [] }: RowFields, { existing, categories }: Known): RowProblem | undefined {
  const isUnknown = (id: string): boolean => existing?.categoryIds.includes(id) !== true && !categories.has(id);
  if (categoryId !== undefined && isUnknown(categoryId))
    return problem('CATEGORY_NOT_FOUND', 'there is no such category', 'categoryId');
  const unknown = categoryIds.find(isUnknown);
  return unknown === undefined ? undefined : problem('CATEGORY_NOT_FOUND', `there is no category ${unknown}`, 'categoryIds');
}

/** The units that a row adds to the stock: for a new product its opening stock. Returns a sentence if they are not allowed. */
function stockDeltaOf(
  { stockDelta, fields: { stock } }: ImportRow,
  { existing, stockMode }: Pick<State, 'existing' | 'stockMode'>,
): number | string {
  const isSet = stock !== undefined && (existing === undefined || stockMode === 'count');
  if (stockDelta !== undefined && isSet) return 'stock sets what stockDelta changes: remove one of the two';
  const before = existing?.stock ?? 0;
  const after = isSet ? stock : before + (stockDelta ?? 0);
  if (after < 0) return `stockDelta would leave ${after} units: there are ${before}`;
  if (after > MAX_STOCK && after > before) return `stockDelta would leave more than ${MAX_STOCK} units`;
  return after - before;
}

type Priced = Pick<ImportRow, 'fields' | 'faults'>;

const decimals = { price: 'priceMinor', compareAtPrice: 'compareAtPriceMinor' } as const;

/** Converts decimal prices to minor units. A price that the row has in both forms must be the same. */
function withPrices(row: ImportRow, faults: readonly RowFault[], usual: string): Priced {
  let priced: Priced = { fields: row.fields, faults };
  if (row.price !== undefined) priced = withPrice(priced, { column: 'price', text: row.price, usual });
  if (row.compareAtPrice !== undefined) priced = withPrice(priced, { column: 'compareAtPrice', text: row.compareAtPrice, usual });
  return priced;
}

type Decimal = { column: keyof typeof decimals; text: string; usual: string };

function withPrice({ fields, faults }: Priced, { column, text, usual }: Decimal): Priced {
  if (faults.some(({ path }) => path === 'currency')) return { fields, faults };
  const field = decimals[column];
  const amountMinor = readPrice(text, fields.currency ?? usual);
  const withFault = (why: string): Priced => ({ fields, faults: [...faults, { path: column, message: `${column} ${why}` }] });
  if (typeof amountMinor === 'string') return withFault(amountMinor);
  const given = fields[field];
  if (given !== undefined && given !== amountMinor)
    return withFault(`is ${amountMinor} in minor units, but ${field} is ${given}: remove one of the two`);
  return { fields: { ...fields, [field]: amountMinor }, faults };
}

function decideNew({ sku }: ImportRow, fields: RowFields, defaults: ProductDefaults): RowDecision {
  const { name, priceMinor, ...others } = fields;
  const categoryId = others.categoryId ?? others.categoryIds?.[0];
  const missing = Object.entries({ name, priceMinor, categoryId }).filter(([, value]) => value === undefined);
  if (name === undefined || priceMinor === undefined || categoryId === undefined) {
    const errors = missing.map(([path]) => ({
      path,
      message: `a new product needs ${path}${ALTERNATIVES[path] ?? ''}`,
    }));
    return refused({ code: 'VALIDATION_FAILED', errors });
  }
  const product: NewProduct = { ...(sku === undefined ? {} : { sku }), ...others, name, priceMinor };
  const { faults } = mergeNew(product, defaults);
  return faults.length > 0 ? refused(problemOf(faults)) : { outcome: 'created', product };
}

const ALTERNATIVES: Readonly<Record<string, string>> = { priceMinor: ' or price', categoryId: ' or category' };

type Edit = { changes: RowFields; stockDelta: number };

function decideEdit({ sku, version }: ImportRow, existing: Product, { changes, stockDelta }: Edit): RowDecision {
  const { stock: _moved, ...edited } = changes;
  const isRenamed = sku !== undefined && sku !== existing.sku;
  const { product, faults } = mergeProduct(existing, isRenamed ? { ...edited, sku } : edited);
  if (faults.length > 0) return refused(problemOf(faults));
  const isEdited = !isSame(product, existing);
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
