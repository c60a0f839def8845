/** Longer text is no number. The patterns below may take time that grows with the square of the length. */
const MAX_LENGTH = 40;
/** A blank or an apostrophe between thousands. */
const GAP = /(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))/g;
const COMMA_THOUSANDS = /^\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
const POINT_THOUSANDS = /^\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
/** Three digits after one comma may be thousands as well as decimals. */
const DECIMAL_COMMA = /^\d+,(?:\d{1,2}|\d{4,})$/;

/**
 * Writes a decimal number of a shop's file with a point and without separators of thousands: `1299.00` for `1,299.00`, `1.299,00` and
 * `1299,00`. Zeros that the decimals of a currency do not need are left out: `34` for `34.000000`.
 *
 * @returns the text as it is if it is no such number, or if its only separator may be of both kinds, as in `1,299`
 */
export function decimalText(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  const digits = text.replaceAll(GAP, '');
  if (COMMA_THOUSANDS.test(digits)) return withoutZeros(digits.replaceAll(',', ''));
  if (POINT_THOUSANDS.test(digits)) return withoutZeros(digits.replaceAll('.', '').replace(',', '.'));
  return withoutZeros(DECIMAL_COMMA.test(digits) ? digits.replace(',', '.') : digits);
}

function withoutZeros(text: string): string {
  const [, whole = '', decimals = ''] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  if (decimals.length === 3 || whole === '') return text;
  const needed = decimals.replace(/0+$/, '');
  if (needed === '') return whole;
  return decimals.length > 3 ? `${whole}.${needed}` : text;
}

const NUMBER = /^(-?)(?=\.?\d)(\d{0,16})(?:\.(\d{1,12}))?$/;
const SCALE = 12;

/** Adds decimal numbers without floating point. Returns a text that is no number as it is, the first of them. */
export function sumText(one: string, other: string): string {
  const [first, second] = [scaled(one), scaled(other)];
  if (first === undefined) return one;
  return second === undefined ? other : unscaled(first + second, SCALE);
}

/**
 * Adds the tax to a net price, rounded half up.
 *
 * @returns the text as it is if it is no number
 */
export function grossText(net: string, { ratePercent, decimals }: { ratePercent: number; decimals: number }): string {
  const amount = scaled(net);
  if (amount === undefined) return net;
  const isNegative = amount < 0n;
  const gross = (isNegative ? -amount : amount) * BigInt(10_000 + Math.round(ratePercent * 100));
  const unit = 10n ** BigInt(SCALE + 4 - decimals);
  const rounded = (2n * gross + unit) / (2n * unit);
  return unscaled(isNegative ? -rounded : rounded, decimals);
}

function scaled(text: string): bigint | undefined {
  const [matched, sign = '', whole = '', decimals = ''] = NUMBER.exec(text) ?? [];
  return matched === undefined ? undefined : BigInt(`${sign}${whole}${decimals.padEnd(SCALE, '0')}`);
}

function unscaled(amount: bigint, decimals: number): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const needed = fraction.replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${needed === '' ? '' : `.${needed}`}`;
}
