import { idText, query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { useKey } from './coupon-set.ts';
import type { StoredCoupon } from './coupons-table.ts';

type Wanted = { coupon: StoredCoupon; userId?: string | undefined };

/**
 * Counts the redemptions of each user that are not freed, for coupons with a limit per user. One statement, and none without such a
 * coupon.
 *
 * @returns counts by `useKey`
 */
export async function countRedeemed(db: Knex, wanted: readonly Wanted[]): Promise<Map<string, number>> {
  const uses = new Map<string, [string, string]>();
  for (const { coupon, userId } of wanted)
    if (coupon.maxPerUser !== null && userId !== undefined) uses.set(useKey(coupon.id, userId), [coupon.id, userId]);
  if (uses.size === 0) return new Map();
  const [first = [], ...others] = Array.from(uses.values(), (ids) => ids.map(sqlId));
  const rows = await query<{ coupon_id: Buffer; user_id: Buffer; redeemed: number }>(
    db,
    `SELECT r.coupon_id, r.user_id, COUNT(*) AS redeemed
       FROM (SELECT ? AS coupon_id, ? AS user_id${' UNION ALL SELECT ?'.repeat(others.length)}) AS wanted
       JOIN coupon_redemptions r ON r.coupon_id = wanted.coupon_id AND r.user_id = wanted.user_id AND r.freed_at IS NULL
      GROUP BY r.coupon_id, r.user_id`,
    [...first, ...others],
  );
  return new Map(rows.map(({ coupon_id, user_id, redeemed }) => [useKey(idText(coupon_id), idText(user_id)), redeemed]));
}
