import type { Coupon } from './coupon.ts';
import type { Finding } from './finding.ts';
import type { PurchaseView } from './purchase-history.ts';

export type CouponHistory = ReturnType<typeof createCouponHistory>;

/** Keeps the coupons that clients created, and compares the purchases at the end with their limits. */
export function createCouponHistory() {
  const coupons = new Map<string, Coupon>();
  return {
    /** Call it before the request is sent: its answer may be lost. */
    creating: (coupon: Coupon): void => void coupons.set(coupon.code, coupon),
    count: (): number => coupons.size,
    /** Purchases that are declined or cancelled count towards no limit. */
    check(purchases: readonly PurchaseView[]): Finding[] {
      const kept = purchases.filter(({ coupon, status }) => coupon !== undefined && !['declined', 'cancelled'].includes(status));
      const byCoupon = Map.groupBy(kept, ({ coupon }) => coupon?.code ?? '');
      return [...byCoupon].flatMap(([code, redeemed]) => exceeded(coupons.get(code), code, redeemed));
    },
  };
}

const CHECK = 'a coupon is redeemed up to its limits';

function exceeded(coupon: Coupon | undefined, code: string, redeemed: readonly PurchaseView[]): Finding[] {
  if (coupon === undefined) return [{ check: CHECK, subject: code, detail: 'no client created it' }];
  const { maxRedemptions = Number.POSITIVE_INFINITY, maxPerUser = Number.POSITIVE_INFINITY } = coupon;
  const findings: Finding[] = [];
  if (redeemed.length > maxRedemptions)
    findings.push({ check: CHECK, subject: code, detail: `${redeemed.length} purchases, the limit is ${maxRedemptions}` });
  for (const [userId, own] of Map.groupBy(redeemed, (purchase) => purchase.userId))
    if (own.length > maxPerUser)
      findings.push({ check: CHECK, subject: code, detail: `${own.length} purchases by ${userId}, the limit is ${maxPerUser}` });
  return findings;
}
