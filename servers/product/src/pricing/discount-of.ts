import type { Discount, OrderLine } from './order-line.ts';
import { splitAmount } from './split-amount.ts';

/**
 * Computes the discount of each line: a percentage of the eligible lines' sum, rounded half up, or an amount, at most that sum.
 * It is split over them by largest remainder, ties by position. Pure.
 */
export function discountOf(lines: readonly OrderLine[], discount: Discount): number[] {
  const discounts = lines.map(() => 0);
  const eligible = [...new Set(discount.eligible)].sort((a, b) => a - b);
  const amounts = eligible.map((position) => amountOf(lines[position]));
  const sumMinor = amounts.reduce((sum, amount) => sum + amount, 0);
  if (sumMinor === 0) return discounts;
  const shares = splitAmount(totalOf(discount, sumMinor), amounts);
  eligible.forEach((position, index) => {
    discounts[position] = shares[index] ?? 0;
  });
  return discounts;
}

function totalOf(discount: Discount, sumMinor: number): number {
  if (discount.kind === 'amount') return Math.min(discount.amountMinor, sumMinor);
  return Number((BigInt(sumMinor) * BigInt(discount.percent) + 50n) / 100n);
}

function amountOf(line: OrderLine | undefined): number {
  return line === undefined ? 0 : line.unitPriceMinor * line.quantity;
}
