import { minorUnitsOf, parseDecimalAmount } from '@florin/values';

const DIGITS = /^\d+$/;
const SIGNED_DIGITS = /^[+-]?\d+$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;
/** The form in which Excel, LibreOffice and Numbers write long numbers: 8.66901E+12 or 8,66901E+12. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?E[+-]\d+$/i;
/** The length of the longest trade item number, GTIN-14. */
const MAX_ZEROS_LENGTH = 14;
const MAX_SHOWN_LENGTH = 40;

/**
 * Describes why a cell's text is not an integer, to follow the column's name; undefined for digits. Only digits are accepted, so that
 * 20.00 is never read as 20 minor units, nor 1,299 as 1.
 */
export function integerFault(text: string): string | undefined {
  if (DIGITS.test(text)) return undefined;
  return `must be digits 0 to 9 only, without sign, decimals, exponent, blanks or separators (it is ${shown(text)})`;
}

/** As `integerFault`, for a column whose numbers may have a sign. */
export function signedIntegerFault(text: string): string | undefined {
  if (SIGNED_DIGITS.test(text)) return undefined;
  return `must be digits 0 to 9, with + or - before them or without, without decimals, exponent, blanks or separators (it is ${shown(text)})`;
}

/** Describes why a cell's text is not a number with a decimal point, to follow the column's name; undefined for such a number. */
export function decimalFault(text: string): string | undefined {
  if (DECIMAL.test(text)) return undefined;
  return `must be digits with at most one decimal point, without sign, exponent or separators (it is ${shown(text)})`;
}

/** Whether a spreadsheet shortened an SKU as a number. Several SKUs may have become equal. */
export function isScientific(sku: string): boolean {
  return SCIENTIFIC.test(sku);
}

/** Lists the SKUs that become this one without their leading zeros. */
export function withLostZeros(sku: string): string[] {
  if (!DIGITS.test(sku)) return [];
  const lengths = Array.from({ length: Math.max(0, MAX_ZEROS_LENGTH - sku.length) }, (_, index) => sku.length + index + 1);
  return lengths.map((length) => sku.padStart(length, '0'));
}

/**
 * Reads a decimal price as minor units. A comma is a decimal separator unless the currency has three decimals, where it may separate
 * thousands.
 *
 * @returns the minor units, or the description of the fault
 */
export function readPrice(text: string, currency: string): number | string {
  const units = minorUnitsOf(currency);
  const price = units === 3 ? text : text.replace(/^(\d+),(\d+)$/, '$1.$2');
  const amountMinor = price.startsWith('-') ? undefined : parseDecimalAmount(price, currency);
  if (amountMinor !== undefined) return amountMinor;
  const form = units === 0 ? 'without decimals' : `with a point and at most ${units} decimals, without thousands separators`;
  return `must be an amount of ${currency}: digits ${form} (it is ${shown(text)})`;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, MAX_SHOWN_LENGTH));
}
