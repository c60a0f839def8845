import type { Knex } from 'knex';
import type { Cart } from '../carts/index.ts';
import { type CouponSet, lockCoupons, noCoupons } from '../coupons/index.ts';
import type { WantedItem } from '../pricing/index.ts';

type WithCoupon = {
  userId: string;
  isCheckout?: boolean;
  /** Upper case. Of a checkout, undefined stands for the coupon of the cart, and null for none. */
  couponCode?: string | null | undefined;
};

type Carts = ReadonlyMap<string, Pick<Cart, 'couponCode'>>;

/** Returns the code of the coupon of a request; undefined without one. */
export function couponCodeOf({ userId, isCheckout, couponCode }: WithCoupon, carts: Carts): string | undefined {
  const code = couponCode === undefined && isCheckout === true ? carts.get(userId)?.couponCode : couponCode;
  return code ?? undefined;
}

/**
 * Locks the coupons of a set of requests: after the carts, before the products. No statement and no promise if no request has a
 * coupon.
 */
export function lockCouponsOf<Request extends WithCoupon>(
  trx: Knex.Transaction,
  requests: readonly Request[],
  { carts, wantedBy }: { carts: Carts; wantedBy(request: Request): readonly WantedItem[] },
): CouponSet | Promise<CouponSet> {
  if (requests.every((request) => couponCodeOf(request, carts) === undefined)) return noCoupons;
  const wishes = requests.flatMap((request) => {
    const code = couponCodeOf(request, carts);
    const productIds = wantedBy(request).map(({ productId }) => productId);
    return code === undefined ? [] : [{ code, userId: request.userId, productIds }];
  });
  return lockCoupons(trx, wishes);
}
