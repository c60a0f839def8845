import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import { importColumns } from './file-columns.ts';

const MAX_NAMES_SHOWN = 200;
const MAX_NAME_LENGTH = 100;

const byLowerCase = new Map(importColumns.map((column) => [column.toLowerCase(), column]));

/** Finds the column that a cell of the header names, ignoring case and surrounding blanks. */
export function findColumn(name: string): string | undefined {
  return byLowerCase.get(name.trim().toLowerCase());
}

const OTHER_FILES =
  'Files of other shops are recognized by these columns: Handle and Title (Shopify); Type, Name and Regular price (WooCommerce); sku and product_type (Magento); Product ID, Name and Price tax excluded (PrestaShop).';

/**
 * Reads the columns of a header, in order; undefined for a cell without text.
 *
 * @throws AppError VALIDATION_FAILED with the unknown, repeated, missing and known columns
 */
export function readHeader(cells: readonly string[]): (string | undefined)[] {
  const columns = cells.map(findColumn);
  const unknown = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && findColumn(cell) === undefined);
  const repeated = importColumns.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  const isNamed = columns.includes('sku') || columns.includes('id');
  if (unknown.length + repeated.length === 0 && isNamed) return columns;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    detail: `The first row must name known columns, each once. ${OTHER_FILES}`,
    errors: [
      ...listedColumns('unknown columns', unknown.map(shown)),
      ...listedColumns('repeated columns', repeated),
      ...listedColumns('missing columns', isNamed ? [] : ['sku or id']),
      ...listedColumns('missing columns of new products', missingForNew(columns)),
      ...listedColumns('known columns', importColumns),
    ],
  });
}

function missingForNew(columns: readonly (string | undefined)[]): string[] {
  const needed = [['name'], ['priceMinor', 'price'], ['categoryId', 'categoryIds', 'category']];
  return needed.filter((names) => !names.some((name) => columns.includes(name))).map((names) => names.join(' or '));
}

/** An error of the header with the names of columns; none without names. */
export function listedColumns(what: string, names: readonly string[]): FieldError[] {
  if (names.length === 0) return [];
  const more = names.length > MAX_NAMES_SHOWN ? ` and ${names.length - MAX_NAMES_SHOWN} more` : '';
  return [{ path: 'header', message: `${what}: ${names.slice(0, MAX_NAMES_SHOWN).join(', ')}${more}` }];
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, MAX_NAME_LENGTH));
}
