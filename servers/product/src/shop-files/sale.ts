import { type Prices, pricesOf } from './cell-values.ts';

const DAY_MS = 86_400_000;

/**
 * Whether a sale price is in force. The days at both ends belong to the period. An end that cannot be read counts as over.
 *
 * @param period dates as the shop writes them; empty: without limit
 */
export function isOnSale({ from, to }: { from: string; to: string }, now: Date): boolean {
  const hasBegun = from === '' || Date.parse(from) <= now.getTime();
  return hasBegun && (to === '' || now.getTime() < Date.parse(to) + DAY_MS);
}

type SaleCells = {
  price: string;
  /** Empty: there is no sale. */
  sale: string;
  /** Whether the file has a column of sale prices. */
  hasSale: boolean;
  period: { from: string; to: string };
};

/** The sale price while it is in force, with the usual price as the former one, or else the usual price. */
export function salePrices({ price, sale, hasSale, period }: SaleCells, now: Date): Prices {
  if (sale !== '' && isOnSale(period, now)) return pricesOf(sale, price);
  return pricesOf(price, hasSale ? '' : undefined);
}
