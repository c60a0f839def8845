import { execute, pickFields, query, readRow, type StoredRowOf, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { addToCounters } from './add-to-counters.ts';
import { couponsTable, redemptionsTable, type StoredCoupon } from './coupons-table.ts';
import { lockFound } from './lock-coupons.ts';

const limitsTable = pickFields(couponsTable, ['id', 'maxRedemptions', 'maxPerUser']);
const purchasesTable = pickFields(redemptionsTable, ['purchaseId']);

/**
 * Frees the coupons of purchases that are declined or cancelled. A redemption that is freed already stays as it is.
 *
 * @param purchaseIds purchases that this transaction has locked, so that no other transaction frees the same redemptions. Lock
 *   products afterwards
 * @returns the number of freed redemptions
 */
export async function freeRedemptions(trx: Knex.Transaction, purchaseIds: readonly string[], at: Date): Promise<number> {
  const counting = await findCounting(trx, purchaseIds);
  if (counting.length === 0) return 0;
  const coupons = await lockFound(trx, [...new Map(counting.map((coupon) => [coupon.id, coupon])).values()]);
  await execute(trx, 'UPDATE coupon_redemptions SET freed_at = ? WHERE purchase_id IN (?)', [
    at,
    counting.map(({ purchaseId }) => sqlId(purchaseId)),
  ]);
  await addToCounters(trx, coupons, { ids: counting.map(({ id }) => id), each: -1 });
  return counting.length;
}

type Counting = { purchaseId: string } & Pick<StoredCoupon, 'id' | 'maxRedemptions' | 'maxPerUser'>;

/** The redemptions that are not freed, with the ids and limits of their coupons. */
async function findCounting(trx: Knex.Transaction, purchaseIds: readonly string[]): Promise<Counting[]> {
  if (purchaseIds.length === 0) return [];
  const rows = await query<StoredRowOf<typeof limitsTable> & StoredRowOf<typeof purchasesTable>>(
    trx,
    `SELECT purchase_id, ${limitsTable.list} FROM coupon_redemptions JOIN coupons ON id = coupon_id
      WHERE purchase_id IN (?) AND freed_at IS NULL`,
    [purchaseIds.map(sqlId)],
  );
  return rows.map((row) => ({ ...readRow(limitsTable, row), ...readRow(purchasesTable, row) }));
}
