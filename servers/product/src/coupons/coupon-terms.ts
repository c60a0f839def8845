import { databaseTime } from '@florin/database';
import type { Knex } from 'knex';
import type { OrderTerms } from '../pricing/index.ts';
import type { CouponSet } from './coupon-set.ts';
import { couponNotApplicable } from './errors.ts';
import { type CouponWish, readCoupons } from './lock-coupons.ts';

/** The part of an order's terms that a coupon makes. */
export type CouponTerms = Pick<OrderTerms, 'discountOf' | 'couponCode'>;

/**
 * Returns what a coupon takes off an order, or COUPON_NOT_APPLICABLE.
 *
 * @param at the time of the transaction, by the database's clock
 */
export function couponTerms(set: CouponSet, { code, userId }: Omit<CouponWish, 'productIds'>, at: Date): CouponTerms {
  return {
    couponCode: code,
    discountOf({ items, currency }) {
      const decided = set.decide(code, { userId, at, currency, lines: items });
      return typeof decided === 'string' ? couponNotApplicable(decided) : decided;
    },
  };
}

/** Reads the terms of a quote or a cart, without a lock. */
export async function readCouponTerms(db: Knex, wish: CouponWish): Promise<CouponTerms> {
  const set = await readCoupons(db, [wish]);
  return couponTerms(set, wish, await databaseTime(db));
}
