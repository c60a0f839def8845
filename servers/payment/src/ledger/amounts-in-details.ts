import { formatAmount } from '@florin/values';

const MARKED = /<(-?\d+) ([A-Z]{3})>/g;

/** SQL that marks an amount in a detail, for `showAmounts`; NULL if the amount is NULL. */
export function markedAmount(amountMinor: string, currency: string): string {
  return `CONCAT('<', ${amountMinor}, ' ', ${currency}, '>')`;
}

/** Formats the marked amounts of a detail: `<50 EUR>` becomes `0.50 EUR`. */
export function showAmounts(detail: string): string {
  return detail.replaceAll(MARKED, (_, amountMinor: string, currency: string) => formatAmount(BigInt(amountMinor), currency));
}
