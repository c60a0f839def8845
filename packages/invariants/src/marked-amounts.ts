import { formatAmount } from '@florin/values';

const MARKED = /<(-?\d+) ([A-Z]{3})>/g;

/** Builds SQL that marks an amount in the detail of a violation, for `showAmounts`. NULL where the amount is NULL. */
export function markedAmount(amountMinor: string, currency: string): string {
  return `CONCAT('<', ${amountMinor}, ' ', ${currency}, '>')`;
}

/** Shows the marked amounts of a detail in major units: `<50 EUR>` becomes `0.50 EUR`. */
export function showAmounts(detail: string): string {
  return detail.replaceAll(MARKED, (_, amountMinor: string, currency: string) => formatAmount(BigInt(amountMinor), currency));
}
