import type { OrderLine } from './order-line.ts';
import { splitAmount } from './split-amount.ts';

/** The tax of one rate that a price includes. */
export type TaxOfRate = { ratePercent: number; taxMinor: number };

const none: readonly TaxOfRate[] = [];

/**
 * Computes the tax that the prices include, for each rate on the sum of its lines, rounded half up. Delivery goes with the items: its
 * price is split over the lines in proportion to what they cost after the discount. Rates of 0 are left out. Pure.
 *
 * @returns by ascending rate
 */
export function taxPerRate(
  lines: readonly OrderLine[],
  { lineDiscountsMinor, deliveryMinor }: { lineDiscountsMinor: readonly number[]; deliveryMinor: number },
): readonly TaxOfRate[] {
  if (lines.every(({ taxRatePercent }) => taxRatePercent === 0)) return none;
  const amounts = lines.map(
    ({ unitPriceMinor, quantity }, position) => unitPriceMinor * quantity - (lineDiscountsMinor[position] ?? 0),
  );
  const deliveries = deliveryMinor === 0 ? [] : splitAmount(deliveryMinor, amounts);
  const sums = new Map<number, number>();
  lines.forEach(({ taxRatePercent }, position) => {
    const amount = (amounts[position] ?? 0) + (deliveries[position] ?? 0);
    if (taxRatePercent !== 0) sums.set(taxRatePercent, (sums.get(taxRatePercent) ?? 0) + amount);
  });
  return Array.from(sums, ([ratePercent, amountMinor]) => ({
    ratePercent,
    taxMinor: includedTax(amountMinor, ratePercent),
  })).sort((a, b) => a.ratePercent - b.ratePercent);
}

/** Amount × rate ÷ (100 + rate), rounded half up, with the rate in hundredths of a percent. */
function includedTax(amountMinor: number, ratePercent: number): number {
  const rate = BigInt(Math.round(ratePercent * 100));
  const whole = 10_000n + rate;
  return Number((2n * BigInt(amountMinor) * rate + whole) / (2n * whole));
}
