import { AppError, type FieldError, validate } from '@florin/app-response';
import { line, quantity, wholeNumber } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import {
  type CategoryPath,
  changeableFields,
  MAX_CATEGORIES_OF_PRODUCT,
  optionValueField,
  type Product,
  type ProductFields,
  parsePath,
  productId,
  productStatus,
  splitEscaped,
} from '../catalogue/index.ts';
import { MAX_STOCK, type OptionValues } from '../stock/index.ts';
import type { RowProblem } from './errors.ts';
import { importColumns, type optionColumns, REASON } from './file-columns.ts';

export type RowFields = Partial<Omit<ProductFields, 'sku'> & Pick<Product, 'status' | 'stock'> & { optionValues: OptionValues }>;

/** An invalid value of a field. It is ignored if the product already has the value. */
export type RowFault = FieldError & { code?: RowProblem['code'] };

/** A row of an import. Absent fields stay unchanged. */
export type ImportRow = {
  id: string | undefined;
  sku: string | undefined;
  version: number | undefined;
  /** A decimal number in the currency's main unit. */
  price: string | undefined;
  compareAtPrice: string | undefined;
  /** The paths of categories, the main one first. A path of one name is a name. */
  category: readonly CategoryPath[] | undefined;
  /** The category of a new product whose row names none. */
  defaultCategory: CategoryPath | undefined;
  /** Units to add to the stock, or to remove. */
  stockDelta: number | undefined;
  /** The product with the options, if the row is a variant. */
  parentId: string | undefined;
  parentSku: string | undefined;
  /** The names of the options, or the values of a variant. Undefined if the row has none. */
  options: readonly string[] | undefined;
  /** The valid fields, with a product's types. */
  fields: RowFields;
  /** All fields, with the values of the file. */
  given: Readonly<Record<string, unknown>>;
  faults: readonly RowFault[];
  /** True if a spreadsheet may have removed leading zeros from the SKU. */
  mayLackZeros: boolean;
};

/** The values of a row as the reader parsed them, with the faults that the reader found. */
export type RowValues = { values: Readonly<Record<string, unknown>>; faults?: readonly RowFault[] };

const { sku, ...changeable } = changeableFields;

const MAX_PATHS_LENGTH = 10_000;
const categoryName = line(200);

/** Reads `Clothing > Shirts; Sale` as two paths. */
function readPaths(text: string, helpers: CustomHelpers): CategoryPath[] | ErrorReport {
  const paths = splitEscaped(text, ';').map(parsePath);
  if (paths.length > MAX_CATEGORIES_OF_PRODUCT)
    return helpers.message({ custom: `{{#label}} may name ${MAX_CATEGORIES_OF_PRODUCT} categories at most` });
  for (const path of paths) {
    if (path === undefined) return helpers.message({ custom: '{{#label}} must have a name between each two > or ;' });
    const fault = path.map((name) => categoryName.validate(name).error).find((error) => error !== undefined);
    if (fault !== undefined) return helpers.message({ custom: `{{#label}}: a name ${fault.message.replace(/^"value" /, '')}` });
  }
  return paths.flatMap((path) => (path === undefined ? [] : [path]));
}

/** The fields that identify the product of a row. */
const names = {
  sku: sku.empty(null),
  id: productId,
  version: wholeNumber().min(1).max(4_294_967_295),
};

const family = {
  parentSku: sku.empty(null),
  parentId: productId.empty(null),
  option1: optionValueField.empty(null),
  option2: optionValueField.empty(null),
  option3: optionValueField.empty(null),
};

const decimalPrice = Joi.string().max(40).messages({ 'string.base': '{{#label}} must be text such as "19.99"' });

const fields = {
  ...changeable,
  price: decimalPrice,
  compareAtPrice: decimalPrice,
  category: Joi.string().max(MAX_PATHS_LENGTH).custom(readPaths),
  stock: quantity().min(0).max(MAX_STOCK),
  stockDelta: quantity().min(-MAX_STOCK).max(MAX_STOCK),
  status: productStatus,
  [REASON]: Joi.any().strip(),
};

type FamilyColumn = 'parentSku' | 'parentId' | (typeof optionColumns)[number];
type Taken = Omit<RowFields, 'optionValues'> & { [Column in FamilyColumn]?: string } & {
  id?: string;
  sku?: string;
  version?: number;
  price?: string;
  compareAtPrice?: string;
  category?: readonly CategoryPath[];
  stockDelta?: number;
  reason?: never;
};
const importRow = Joi.object<Taken>({ ...names, ...family, ...fields });

const MAX_FAULTS = 50;
const REPLACEMENT = '\uFFFD';
const DAMAGED = 'has U+FFFD, with which a program replaced a character that it could not read: save the file as CSV UTF-8';

/**
 * Validates the values of a row. An invalid field becomes a fault of the row. A row with unknown fields, or whose product cannot be
 * identified, is a problem.
 *
 * @param options `isText`: the row is from a CSV file, so a spreadsheet may have changed its SKU. `defaultCategory`: of a new product
 *   whose row names none
 */
export function parseRow(
  { values: given, faults: found = [] }: RowValues,
  { isText, defaultCategory }: { isText: boolean; defaultCategory?: CategoryPath | undefined },
): ImportRow | { problem: RowProblem; sku?: string } {
  const unknown = Object.keys(given).filter((name) => !importColumns.includes(name));
  if (unknown.length > 0) return { problem: problemOf(unknown.slice(0, MAX_FAULTS).map(notAllowed)), ...skuOf(given) };
  const known = [...found, ...damagedText(given)];
  const { taken, faults: further } = validated(without(given, known));
  const faults = [...known, ...further];
  if (faults.some(({ path }) => !Object.hasOwn(fields, fieldOf(path)))) return { problem: problemOf(faults), ...skuOf(given) };
  const { id, sku, version, price, compareAtPrice, category, stockDelta, ...rest } = taken;
  const { parentId, parentSku, option1, option2, option3, ...others } = rest;
  const options = optionsOf([option1, option2, option3]);
  // No object spread: V8 makes a hidden class for each spread object, which costs memory per row.
  const mayLackZeros = isText && sku !== undefined;
  return {
    id,
    sku,
    version,
    price,
    compareAtPrice,
    category,
    defaultCategory,
    stockDelta,
    parentId,
    parentSku,
    options,
    fields: others,
    given,
    faults,
    mayLackZeros,
  };
}

/** An empty column before a full one is an empty text, which no option has. */
function optionsOf(texts: readonly (string | undefined)[]): readonly string[] | undefined {
  const last = texts.findLastIndex((text) => text !== undefined);
  return last < 0 ? undefined : texts.slice(0, last + 1).map((text = '') => text);
}

/** The field of a fault inside a list or an object: `images` of `images.0.url`. */
export function fieldOf(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

export function problemOf(faults: readonly RowFault[]): RowProblem {
  const code = faults.find(({ code }) => code !== undefined)?.code ?? 'VALIDATION_FAILED';
  return { code, errors: faults.map(({ path, message }) => ({ path, message })) };
}

function notAllowed(path: string): RowFault {
  return { path, message: `${path} is not allowed` };
}

function damagedText(given: Readonly<Record<string, unknown>>): RowFault[] {
  const damaged = Object.keys(given).filter((name) => name !== REASON && textOf(given[name]).includes(REPLACEMENT));
  return damaged.map((path) => ({ code: 'NOT_UTF8', path, message: `${path} ${DAMAGED}` }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function validated(given: Readonly<Record<string, unknown>>): { taken: Taken; faults: readonly RowFault[] } {
  try {
    return { taken: validate(importRow, given), faults: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.errors ?? [];
    return { taken: validate(importRow, without(given, faults)), faults };
  }
}

function without(given: Readonly<Record<string, unknown>>, faults: readonly RowFault[]): Readonly<Record<string, unknown>> {
  if (faults.length === 0) return given;
  return Object.fromEntries(Object.entries(given).filter(([name]) => faults.every(({ path }) => fieldOf(path) !== name)));
}

/** The SKU of an invalid row, for its result. */
function skuOf({ sku }: Readonly<Record<string, unknown>>): { sku?: string } {
  const { taken } = validated({ sku });
  return taken.sku === undefined ? {} : { sku: taken.sku };
}
