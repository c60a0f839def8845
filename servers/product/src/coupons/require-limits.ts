import { AppError } from '@florin/app-response';
import { queryOne, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import type { StoredCoupon } from './coupons-table.ts';
import { couponErrors } from './errors.ts';

type Limits = Pick<StoredCoupon, 'maxRedemptions' | 'maxPerUser'>;

/**
 * Checks that the redemptions of a locked coupon stay within its new limits. Redemptions are counted only for a limit that is new or
 * lower.
 *
 * @returns the counter of the coupon: redemptions that are not freed, or 0 without a limit for all buyers
 * @throws AppError COUPON_LIMIT_TOO_LOW
 */
export async function requireLimits(trx: Knex.Transaction, before: StoredCoupon, after: Limits): Promise<number> {
  if (isTighter(before.maxPerUser, after.maxPerUser)) requireAtMost(after.maxPerUser, await mostOfUser(trx, before.id));
  if (after.maxRedemptions === null) return 0;
  const redeemed = before.maxRedemptions === null ? await countAll(trx, before.id) : before.redemptions;
  requireAtMost(after.maxRedemptions, redeemed);
  return redeemed;
}

function isTighter(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before);
}

function requireAtMost(limit: number | null, redeemed: number): void {
  if (limit === null || redeemed <= limit) return;
  throw new AppError(couponErrors.COUPON_LIMIT_TOO_LOW, {
    detail: `The limit would be ${limit}; ${redeemed} purchases count towards it.`,
    extensions: { redeemed },
  });
}

async function countAll(trx: Knex.Transaction, couponId: string): Promise<number> {
  const { redeemed } = await queryOne<{ redeemed: number }>(
    trx,
    'SELECT COUNT(*) AS redeemed FROM coupon_redemptions WHERE coupon_id = ? AND freed_at IS NULL',
    [sqlId(couponId)],
  );
  return redeemed;
}

async function mostOfUser(trx: Knex.Transaction, couponId: string): Promise<number> {
  const { most } = await queryOne<{ most: number | null }>(
    trx,
    `SELECT MAX(redeemed) AS most FROM (SELECT COUNT(*) AS redeemed FROM coupon_redemptions
      WHERE coupon_id = ? AND freed_at IS NULL GROUP BY user_id) AS users`,
    [sqlId(couponId)],
  );
  return most ?? 0;
}
