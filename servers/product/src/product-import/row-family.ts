import { isDeepStrictEqual } from 'node:util';
import {
  isSameList,
  neededValues,
  orderedValues,
  type Product,
  type ProductFields,
  type SharedField,
  sharedFields,
} from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import { optionColumns } from './file-columns.ts';
import { fieldOf, type ImportRow } from './import-row.ts';

export function isVariantRow({ parentId, parentSku }: ImportRow, existing: Product | undefined): boolean {
  return (parentId ?? parentSku) !== undefined || (existing !== undefined && existing.parentId !== null);
}

/** Why a row that is no variant cannot have its options or its stock; undefined if it can. */
export function whyNoParent(
  { options, fields, stockDelta = 0 }: ImportRow,
  existing: Product | undefined,
): RowProblem | undefined {
  const isParent = existing === undefined ? options !== undefined : existing.options !== null;
  if (isParent && ((fields.stock ?? 0) > 0 || stockDelta !== 0))
    return problem('VARIANT_REQUIRED', 'a product with options has no stock: its variants have', 'stock');
  if (options === undefined) return undefined;
  if (options.includes('')) return problem('VALIDATION_FAILED', 'an option is missing before this one', lastColumn(options));
  if (new Set(options).size < options.length)
    return problem('VALIDATION_FAILED', 'options must have different names', lastColumn(options));
  if (existing === undefined) return undefined;
  if (existing.options === null) return problem('PRODUCT_HAS_NO_OPTIONS', NOT_GIVEN, 'option1');
  if (isSameList(options, existing.options)) return undefined;
  return problem(
    'OPTION_IN_USE',
    `the product has the options ${existing.options.join(', ')}: an import does not change them`,
    'option1',
  );
}

const NOT_GIVEN =
  'the product has no options: give options to it with POST /v1/products/{id}/options, or, for a variant, fill in parentSku or parentId';

/** The row of a variant, with its values in the order of the parent's options, and without what it has from the parent. */
export function variantRow(row: ImportRow, parent: Product, existing: Product | undefined): ImportRow | RowProblem {
  const options = parent.options ?? [];
  const given = row.options ?? options.map((name) => existing?.optionValues?.[name] ?? '');
  const values = Object.fromEntries(options.map((name, index) => [name, given[index] ?? '']));
  const ordered = given.length === options.length && !given.includes('') ? orderedValues(options, values) : undefined;
  if (ordered === undefined)
    return problem('VALIDATION_FAILED', `option1 to option${options.length} ${neededValues(options)}`, 'option1');
  const isStated = (field: string): boolean => sharedFields.includes(field as SharedField) && !isBlank(row.given[field]);
  const own = Object.entries(row.fields).filter(([field]) => !sharedFields.includes(field as SharedField));
  if (row.category !== undefined)
    return problem('VALIDATION_FAILED', 'category belongs to the parent: leave the cell empty', 'category');
  const other = sharedFields.find((field) => differs(row.fields, field, [parent, existing]));
  if (other !== undefined) return problem('VALIDATION_FAILED', `${other} belongs to the parent: leave the cell empty`, other);
  const faults = row.faults.filter(({ path }) => !sharedFields.includes(fieldOf(path) as SharedField) || isStated(fieldOf(path)));
  const fields = isSameValues(ordered, existing) ? own : [...own, ['optionValues', ordered]];
  return { ...row, faults, fields: Object.fromEntries(fields) as ImportRow['fields'] };
}

export function isProblem(found: ImportRow | RowProblem): found is RowProblem {
  return 'code' in found;
}

function differs(fields: Partial<ProductFields>, field: SharedField, products: readonly (Product | undefined)[]): boolean {
  const value = fields[field];
  return !isBlank(value) && products.every((product) => !isDeepStrictEqual(product?.[field], value));
}

/** A variant leaves out what it has from its parent. `blank=clear` makes empty cells such values. */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isSameValues(values: Readonly<Record<string, string>>, existing: Product | undefined): boolean {
  return JSON.stringify(values) === JSON.stringify(existing?.optionValues);
}

function lastColumn(options: readonly string[]): string {
  return optionColumns[options.length - 1] ?? '';
}
