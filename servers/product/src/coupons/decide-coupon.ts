import type { Discount } from '../pricing/index.ts';
import type { StoredCoupon } from './coupons-table.ts';

/** Why a coupon does not apply. An open set for clients: `COUPON_NOT_APPLICABLE` has it as `reason`. */
export type CouponRefusal =
  | 'UNKNOWN'
  | 'ARCHIVED'
  | 'NOT_STARTED'
  | 'ENDED'
  | 'OTHER_CURRENCY'
  | 'SUBTOTAL_TOO_LOW'
  | 'NO_ELIGIBLE_ITEM'
  | 'NO_DISCOUNT'
  | 'USED_UP'
  | 'USED_UP_BY_USER';

export type CouponOrder = {
  /** The time of the transaction, by the database's clock. */
  at: Date;
  currency: string;
  /** With distinct products. Their sum is a safe integer. */
  lines: readonly { productId: string; unitPriceMinor: number; quantity: number }[];
};

type Facts = {
  /** The products that a scoped coupon applies to. */
  eligibleProducts: ReadonlySet<string>;
  /** Redemptions by all buyers that are not freed. */
  redeemed: number;
  /** Redemptions by this buyer that are not freed; 0 for a visitor. */
  redeemedByUser: number;
};

/** Decides whether a coupon applies to an order, and to which of its lines. Pure. */
export function decideCoupon(coupon: StoredCoupon | undefined, order: CouponOrder, facts: Facts): Discount | CouponRefusal {
  if (coupon === undefined) return 'UNKNOWN';
  const refusal = refuseAt(coupon, order) ?? refuseSubtotal(coupon, order);
  if (refusal !== undefined) return refusal;
  const eligible = eligibleLines(coupon, order, facts);
  if (eligible.length === 0) return 'NO_ELIGIBLE_ITEM';
  const discount = discountOf(coupon, eligible);
  if (!takesSomethingOff(discount, order)) return 'NO_DISCOUNT';
  return refuseUse(coupon, facts) ?? discount;
}

function refuseAt({ status, startsAt, endsAt }: StoredCoupon, { at }: CouponOrder): CouponRefusal | undefined {
  if (status === 'archived') return 'ARCHIVED';
  if (startsAt !== null && at < startsAt) return 'NOT_STARTED';
  return endsAt !== null && at >= endsAt ? 'ENDED' : undefined;
}

/** The minimum is of all lines, before the discount. */
function refuseSubtotal(coupon: StoredCoupon, order: CouponOrder): CouponRefusal | undefined {
  if (coupon.currency !== null && coupon.currency !== order.currency) return 'OTHER_CURRENCY';
  const positions = order.lines.map((_line, position) => position);
  return sumOf(order, positions) < (coupon.minSubtotalMinor ?? 0) ? 'SUBTOTAL_TOO_LOW' : undefined;
}

function refuseUse({ maxRedemptions, maxPerUser }: StoredCoupon, facts: Facts): CouponRefusal | undefined {
  if (maxRedemptions !== null && facts.redeemed >= maxRedemptions) return 'USED_UP';
  return maxPerUser !== null && facts.redeemedByUser >= maxPerUser ? 'USED_UP_BY_USER' : undefined;
}

function eligibleLines({ isScoped }: StoredCoupon, { lines }: CouponOrder, { eligibleProducts }: Facts): number[] {
  return lines.flatMap(({ productId }, position) => (!isScoped || eligibleProducts.has(productId) ? [position] : []));
}

function discountOf({ amountMinor, percent }: StoredCoupon, eligible: readonly number[]): Discount {
  // CHECK constraints: a coupon has an amount or a percentage.
  return amountMinor === null ? { eligible, kind: 'percent', percent: percent ?? 0 } : { eligible, kind: 'amount', amountMinor };
}

/** A percentage of a small sum may be rounded to nothing: it takes at least half a minor unit. */
function takesSomethingOff(discount: Discount, order: CouponOrder): boolean {
  const eligibleMinor = sumOf(order, discount.eligible);
  return discount.kind === 'percent' ? eligibleMinor * discount.percent >= 50 : eligibleMinor > 0;
}

function sumOf({ lines }: CouponOrder, positions: readonly number[]): number {
  return positions.reduce((sum, position) => {
    const { unitPriceMinor = 0, quantity = 0 } = lines[position] ?? {};
    return sum + unitPriceMinor * quantity;
  }, 0);
}
