import { execute, pickFields, query, readRow, type StoredRowOf, sqlId, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { couponsTable, redemptionsTable, type StoredCoupon } from './coupons-table.ts';
import { lockFound } from './lock-coupons.ts';

const limitsTable = pickFields(couponsTable, ['id', 'maxRedemptions', 'maxPerUser']);
const purchasesTable = pickFields(redemptionsTable, ['purchaseId']);
const countedTable = pickFields(couponsTable, ['id', 'redemptions']);

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
  await subtract(trx, coupons, countEach(counting));
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

function countEach(counting: readonly Counting[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of counting) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Only coupons with a limit for all buyers have a counter. */
async function subtract(
  trx: Knex.Transaction,
  coupons: readonly StoredCoupon[],
  freed: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = coupons
    .filter(({ maxRedemptions }) => maxRedemptions !== null)
    .map(({ id, redemptions }) => ({ id, redemptions: redemptions - (freed.get(id) ?? 0) }));
  await updateByKey(trx, countedTable, rows);
}
