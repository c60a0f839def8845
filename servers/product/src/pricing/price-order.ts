import { discountOf } from './discount-of.ts';
import type { DeliveryPrice, Discount, OrderLine } from './order-line.ts';
import { type TaxOfRate, taxPerRate } from './tax-per-rate.ts';

export type PricedOrder = {
  /** The sum of the lines before the discount. */
  subtotalMinor: number;
  discountMinor: number;
  /** The discount of each line, by position. Empty without a discount. */
  lineDiscountsMinor: readonly number[];
  deliveryMinor: number;
  /** By ascending rate; rates of 0 are left out. */
  tax: readonly TaxOfRate[];
  /** Subtotal - discount + delivery. */
  totalMinor: number;
};

type Extras = { discount?: Discount | undefined; delivery?: DeliveryPrice | undefined };

const noDiscounts: readonly number[] = [];

/**
 * Prices an order in integer minor units: subtotal, discount of each line, delivery, tax of each rate and total. Prices include
 * tax. Free delivery is judged after the discount. Pure.
 *
 * @returns undefined if the subtotal or the total exceeds 2^53 - 1
 */
export function priceOrder(lines: readonly OrderLine[], { discount, delivery }: Extras = {}): PricedOrder | undefined {
  const subtotalMinor = subtotalOf(lines);
  if (!Number.isSafeInteger(subtotalMinor)) return undefined;
  const lineDiscountsMinor = discount === undefined ? noDiscounts : discountOf(lines, discount);
  const discountMinor = lineDiscountsMinor.reduce((sum, one) => sum + one, 0);
  const deliveryMinor = delivery === undefined ? 0 : deliveryOf(delivery, subtotalMinor - discountMinor);
  const totalMinor = subtotalMinor - discountMinor + deliveryMinor;
  if (!Number.isSafeInteger(totalMinor)) return undefined;
  const tax = taxPerRate(lines, { lineDiscountsMinor, deliveryMinor });
  return { subtotalMinor, discountMinor, lineDiscountsMinor, deliveryMinor, tax, totalMinor };
}

/** A sum of numbers is exact while it is a safe integer: beyond, it rounds to an unsafe one. */
function subtotalOf(lines: readonly OrderLine[]): number {
  let sum = 0;
  for (const { unitPriceMinor, quantity } of lines) sum += unitPriceMinor * quantity;
  return sum;
}

function deliveryOf({ priceMinor, freeFromMinor }: DeliveryPrice, itemsMinor: number): number {
  return freeFromMinor !== undefined && itemsMinor >= freeFromMinor ? 0 : priceMinor;
}
