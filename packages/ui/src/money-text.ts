/**
 * Formats an amount with its currency, exactly: no floating-point number is computed.
 *
 * @param amountMinor integer in minor units of the currency, such as cents
 * @param currency ISO 4217 code
 * @param locale BCP 47 tag
 */
export function moneyText(amountMinor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const decimal = decimalText(amountMinor, format.resolvedOptions().maximumFractionDigits ?? 0);
  // The type admits only numerals of ECMA-402 2023, which this text is.
  return format.format(decimal as `${number}`);
}

/** @returns the amount as a decimal number: `decimalText(1205, 2)` is `12.05` */
export function decimalText(amountMinor: number, minorUnits: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(minorUnits + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  if (minorUnits === 0) return sign + digits;
  return `${sign}${digits.slice(0, -minorUnits)}.${digits.slice(-minorUnits)}`;
}

/** Why a typed amount is no amount. */
export type MoneyFault = 'empty' | 'malformed' | 'tooManyDecimals' | 'tooLarge';

/**
 * Reads an amount that a person typed in decimals of its currency. Takes the decimal separator of the locale, and a point.
 * Groups of thousands are refused: `1.234` must never become a thousandth, or a thousand times as much.
 *
 * @returns minor units, or why it is no amount
 */
export function parseMoney(text: string, minorUnits: number, locale: string): number | MoneyFault {
  const typed = text.trim();
  if (typed === '') return 'empty';
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const parts = typed.split(decimal === '.' ? '.' : new RegExp(`[.${decimal}]`));
  const [whole = '', fraction = ''] = parts;
  if (parts.length > 2 || !/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) return 'malformed';
  if (fraction.length > minorUnits) return 'tooManyDecimals';
  const amountMinor = Number(whole + fraction.padEnd(minorUnits, '0'));
  return Number.isSafeInteger(amountMinor) ? amountMinor : 'tooLarge';
}
