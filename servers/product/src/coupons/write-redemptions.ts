import { insertRows } from '@florin/database';
import type { Knex } from 'knex';
import { addToCounters } from './add-to-counters.ts';
import type { CouponSet } from './coupon-set.ts';
import { redemptionsTable } from './coupons-table.ts';

/** Writes what the purchases of a set redeemed. Call it after the purchases are inserted. No statement if none has a coupon. */
export async function writeRedemptions(trx: Knex.Transaction, set: CouponSet, at: Date): Promise<void> {
  const { redemptions, coupons } = set;
  if (redemptions.length === 0) return;
  await insertRows(
    trx,
    redemptionsTable,
    redemptions.map((redemption) => ({ ...redemption, createdAt: at, freedAt: null })),
  );
  await addToCounters(trx, coupons.values(), { ids: redemptions.map(({ couponId }) => couponId), each: 1 });
}
