import assert from 'node:assert/strict';
import type { Discount } from '../pricing/index.ts';
import type { StoredCoupon } from './coupons-table.ts';
import { type CouponOrder, type CouponRefusal, decideCoupon } from './decide-coupon.ts';

export type Redemption = { purchaseId: string; couponId: string; userId: string };

/** The coupons of a set of purchases, in order: each purchase sees the redemptions of the purchases before it. */
export type CouponSet = {
  /**
   * Decides whether a coupon applies to a purchase of the set.
   *
   * @param userId undefined: a visitor, for whom the limit per user is not tested
   */
  decide(code: string, order: CouponOrder & { userId?: string | undefined }): Discount | CouponRefusal;
  /** Counts an accepted purchase for the purchases after it. */
  redeem(code: string, purchase: { purchaseId: string; userId: string }): void;
  /** The redemptions so far, in order. */
  readonly redemptions: readonly Redemption[];
  /** By code. */
  readonly coupons: ReadonlyMap<string, StoredCoupon>;
};

export type CouponFacts = {
  /** By code. */
  coupons: ReadonlyMap<string, StoredCoupon>;
  /** By id of a scoped coupon: the products of the set that it applies to. */
  eligible: ReadonlyMap<string, ReadonlySet<string>>;
  /** By `useKey`: redemptions that are not freed. */
  redeemedByUser: ReadonlyMap<string, number>;
};

const nothing: ReadonlySet<string> = new Set();

export function useKey(couponId: string, userId: string): string {
  return `${couponId} ${userId}`;
}

export function createCouponSet({ coupons, eligible, redeemedByUser: stored }: CouponFacts): CouponSet {
  const redemptions: Redemption[] = [];
  const redeemed = new Map(Array.from(coupons.values(), (coupon) => [coupon.id, coupon.redemptions]));
  const redeemedByUser = new Map(stored);
  const factsOf = (coupon: StoredCoupon | undefined, userId: string | undefined) => ({
    eligibleProducts: (coupon && eligible.get(coupon.id)) ?? nothing,
    redeemed: (coupon && redeemed.get(coupon.id)) ?? 0,
    redeemedByUser: (coupon && userId !== undefined && redeemedByUser.get(useKey(coupon.id, userId))) || 0,
  });
  return {
    coupons,
    redemptions,
    decide(code, { userId, ...order }) {
      const coupon = coupons.get(code);
      return decideCoupon(coupon, order, factsOf(coupon, userId));
    },
    redeem(code, { purchaseId, userId }) {
      const coupon = coupons.get(code);
      assert(coupon, `coupon ${code} must be locked before it is redeemed`);
      const facts = factsOf(coupon, userId);
      redeemed.set(coupon.id, facts.redeemed + 1);
      redeemedByUser.set(useKey(coupon.id, userId), facts.redeemedByUser + 1);
      redemptions.push({ purchaseId, couponId: coupon.id, userId });
    },
  };
}

/** The set of purchases without coupons. */
export const noCoupons: CouponSet = createCouponSet({ coupons: new Map(), eligible: new Map(), redeemedByUser: new Map() });
