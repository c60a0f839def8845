import { decimalText, parseMoney } from '@florin/ui/money-text';

/** Decimals of a currency (ISO 4217). */
export function minorUnitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * The amount of a field that its form has accepted.
 *
 * @returns minor units; undefined for an empty field
 */
export function minorOf(typed: unknown, currency: string, locale: string): number | undefined {
  const minor = parseMoney(typeof typed === 'string' ? typed : '', minorUnitsOf(currency), locale);
  return typeof minor === 'number' ? minor : undefined;
}

/** The text that a money field begins with. */
export function typedMoney(minor: number | null | undefined, currency: string, locale: string): string {
  if (minor === null || minor === undefined) return '';
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  return decimalText(minor, minorUnitsOf(currency)).replace('.', decimal);
}
