/** A coupon that applies to all products, as it was created. */
export type Coupon = {
  code: string;
  maxRedemptions?: number;
  maxPerUser?: number;
} & ({ kind: 'percent'; percent: number } | { kind: 'amount'; amountMinor: number; currency: string });

/** What the coupon takes off purchases that cost this much. */
export function discountOf(coupon: Coupon, subtotalMinor: number): number {
  return coupon.kind === 'amount'
    ? Math.min(coupon.amountMinor, subtotalMinor)
    : Math.floor((subtotalMinor * coupon.percent + 50) / 100);
}
