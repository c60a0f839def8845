import { pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { couponsTable, type StoredCoupon } from './coupons-table.ts';

const countedTable = pickFields(couponsTable, ['id', 'redemptions']);

/**
 * Adds `each` to the counter of a coupon for each time that `ids` names it. Only coupons with a limit for all buyers have a counter.
 *
 * @param coupons locked by this transaction
 */
export async function addToCounters(
  trx: Knex.Transaction,
  coupons: Iterable<StoredCoupon>,
  { ids, each }: { ids: readonly string[]; each: 1 | -1 },
): Promise<void> {
  const added = new Map<string, number>();
  for (const id of ids) added.set(id, (added.get(id) ?? 0) + each);
  const counted = [...coupons].filter(({ id, maxRedemptions }) => maxRedemptions !== null && added.has(id));
  await updateByKey(
    trx,
    countedTable,
    counted.map(({ id, redemptions }) => ({ id, redemptions: redemptions + (added.get(id) ?? 0) })),
  );
}
