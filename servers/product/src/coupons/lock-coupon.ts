import { lockById } from '@florin/database';
import type { Knex } from 'knex';
import type { Coupon } from './coupon.ts';
import { couponsTable } from './coupons-table.ts';
import { couponNotFound, withScope } from './read-coupons.ts';

/**
 * Locks a coupon for a change. Waits for purchases under way that redeem it.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockCoupon(trx: Knex.Transaction, id: string): Promise<Coupon> {
  const coupon = await lockById(trx, couponsTable, id);
  if (coupon === undefined) throw couponNotFound(id);
  return withScope(trx, coupon);
}
