import type { Knex } from 'knex';
import { type CouponSet, couponNotApplicable, lockCoupons, noCoupons } from '../coupons/index.ts';
import type { OrderTerms, WantedItem } from './decide-purchase.ts';

type WithCoupon = {
  userId: string;
  items: readonly WantedItem[];
  /** Upper case. */
  couponCode?: string | undefined;
};

/** Locks the coupons of a set of requests. Lock products afterwards. No statement and no promise if no request has a coupon. */
export function lockCouponsOf(trx: Knex.Transaction, requests: readonly WithCoupon[]): CouponSet | Promise<CouponSet> {
  if (requests.every(({ couponCode }) => couponCode === undefined)) return noCoupons;
  const wishes = requests.flatMap(({ couponCode: code, userId, items }) =>
    code === undefined ? [] : [{ code, userId, productIds: items.map(({ productId }) => productId) }],
  );
  return lockCoupons(trx, wishes);
}

/** The term of a request with a coupon: what the coupon takes off, or COUPON_NOT_APPLICABLE. Undefined without a coupon. */
export function couponTerm(
  coupons: CouponSet,
  { couponCode, userId }: { couponCode?: string | undefined; userId?: string | undefined },
  at: Date,
): OrderTerms['discountOf'] {
  if (couponCode === undefined) return undefined;
  return ({ items, currency }) => {
    const decided = coupons.decide(couponCode, { userId, at, currency, lines: items });
    return typeof decided === 'string' ? couponNotApplicable(decided) : decided;
  };
}
