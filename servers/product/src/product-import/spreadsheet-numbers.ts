import { minorUnitsOf, parseDecimalAmount } from '@florin/values';

const DIGITS = /^\d+$/;
/** What Excel, LibreOffice and Numbers write for a long number: 8.66901E+12, also with a comma. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?E[+-]\d+$/i;
/** That of the longest of the trade's numbers, GTIN-14. */
const MAX_ZEROS_LENGTH = 14;
const MAX_SHOWN_LENGTH = 40;

/**
 * Says why the text of a cell is no whole number, as the end of a sentence that begins with the column's name; undefined for
 * digits. Nothing else is taken, so that 20.00 is never 20 minor units, and 1,299 never 1.
 */
export function integerFault(text: string): string | undefined {
  if (DIGITS.test(text)) return undefined;
  return `must be digits 0 to 9 only, without sign, decimals, exponent, blanks or separators (it is ${shown(text)})`;
}

/** Whether a spreadsheet took an SKU for a number and shortened it: others may have become the same. */
export function isScientific(sku: string): boolean {
  return SCIENTIFIC.test(sku);
}

/** SKUs from which a spreadsheet would have made this one, by removing zeros at the beginning. */
export function withLostZeros(sku: string): string[] {
  if (!DIGITS.test(sku)) return [];
  const lengths = Array.from({ length: Math.max(0, MAX_ZEROS_LENGTH - sku.length) }, (_, index) => sku.length + index + 1);
  return lengths.map((length) => sku.padStart(length, '0'));
}

/**
 * Reads a decimal price as minor units. A comma is taken for a point where it cannot separate thousands, which have three digits.
 *
 * @returns the minor units, or why there are none
 */
export function readPrice(text: string, currency: string): number | string {
  const units = minorUnitsOf(currency);
  const price = units === 3 ? text : text.replace(/^(\d+),(\d+)$/, '$1.$2');
  const amountMinor = price.startsWith('-') ? undefined : parseDecimalAmount(price, currency);
  if (amountMinor !== undefined) return amountMinor;
  const form = units === 0 ? 'without decimals' : `with a point and at most ${units} decimals, without separators of thousands`;
  return `must be an amount of ${currency}: digits ${form} (it is ${shown(text)})`;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, MAX_SHOWN_LENGTH));
}
