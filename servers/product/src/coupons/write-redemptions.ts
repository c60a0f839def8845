import { insertRows, pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import type { CouponSet } from './coupon-set.ts';
import { couponsTable, redemptionsTable } from './coupons-table.ts';

const countedTable = pickFields(couponsTable, ['id', 'redemptions']);

/** Writes what the purchases of a set redeemed. Call it after the purchases are inserted. No statement if none has a coupon. */
export async function writeRedemptions(trx: Knex.Transaction, set: CouponSet, at: Date): Promise<void> {
  const { redemptions, coupons } = set;
  if (redemptions.length === 0) return;
  await insertRows(
    trx,
    redemptionsTable,
    redemptions.map((redemption) => ({ ...redemption, createdAt: at, freedAt: null })),
  );
  const added = new Map<string, number>();
  for (const { couponId } of redemptions) added.set(couponId, (added.get(couponId) ?? 0) + 1);
  const counted = [...coupons.values()].filter(({ id, maxRedemptions }) => maxRedemptions !== null && added.has(id));
  await updateByKey(
    trx,
    countedTable,
    counted.map(({ id, redemptions }) => ({ id, redemptions: redemptions + (added.get(id) ?? 0) })),
  );
}
