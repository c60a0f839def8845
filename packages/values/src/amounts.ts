import { minorUnitsOf } from './currencies.ts';

/**
 * Writes an amount of minor units as a decimal number, without floating point.
 *
 * @param amountMinor minor units; a bigint for sums beyond 2^53 - 1
 * @param currency ISO 4217 code, which decides the number of decimals
 * @returns digits with a point: `123.45` for 12345 EUR, `12345` for JPY, `-0.05` for -5 EUR
 */
export function decimalAmount(amountMinor: number | bigint, currency: string): string {
  const units = minorUnitsOf(currency);
  const isNegative = amountMinor < 0;
  const digits = String(isNegative ? -amountMinor : amountMinor).padStart(units + 1, '0');
  const whole = digits.slice(0, digits.length - units);
  const fraction = units === 0 ? '' : `.${digits.slice(-units)}`;
  return `${isNegative ? '-' : ''}${whole}${fraction}`;
}

/** Writes an amount for people: `123.45 EUR`. */
export function formatAmount(amountMinor: number | bigint, currency: string): string {
  return `${decimalAmount(amountMinor, currency)} ${currency}`;
}

const DECIMAL = /^(-?)(\d{1,16})(?:\.(\d+))?$/;

/**
 * Reads a decimal number as minor units: the inverse of `decimalAmount`.
 *
 * @param text digits with an optional point: no exponent, no plus sign, no separators of thousands
 * @param currency ISO 4217 code
 * @returns minor units, or undefined where the text is not such a number, has more decimals than the currency, or is beyond
 *   2^53 - 1
 */
export function parseDecimalAmount(text: string, currency: string): number | undefined {
  const units = minorUnitsOf(currency);
  const [matched, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (matched === undefined || fraction.length > units) return undefined;
  const amountMinor = Number(`${sign}${whole}${fraction.padEnd(units, '0')}`);
  // The sum turns -0 into 0.
  return Number.isSafeInteger(amountMinor) ? amountMinor + 0 : undefined;
}
