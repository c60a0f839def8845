import { idBytes, rowsOf } from '@florin/database';
import { MAX_COUNTED } from '@florin/pagination';
import type { Knex } from 'knex';
import type { PurchaseFilter } from './list-purchases.ts';
import { type PurchaseStatus, purchaseStatuses } from './purchase.ts';
import { whereRequested } from './requested-between.ts';

export type PurchaseCounts = Record<PurchaseStatus, number>;

type Counted = Pick<PurchaseFilter, 'userId' | 'from' | 'to'>;

/**
 * Counts the purchases of each status, up to ten thousand per status, in the index of the status. The statuses that staff work on
 * have few purchases; the final ones have many. For one user, the newest ten thousand purchases are counted. Ids carry the times of
 * purchases, so a period is a range of ids and no rows are read.
 */
export async function countPurchases(db: Knex, { userId, from, to }: Counted): Promise<PurchaseCounts> {
  const parts = (userId === undefined ? purchaseStatuses : [undefined]).map((status) => {
    const part = db(db.raw(`purchases FORCE INDEX (${status === undefined ? 'purchases_user' : 'purchases_status'})`))
      .select('status')
      .orderBy('id', 'desc')
      .limit(MAX_COUNTED);
    if (status !== undefined) part.where({ status });
    if (userId !== undefined) part.where('user_id', idBytes(userId));
    whereRequested(part, 'id', { from, to, slackMs: 0 });
    return part;
  });
  const rows = await rowsOf<{ status: PurchaseStatus; found: number }>(
    db.select('status').count('* AS found').from(db.unionAll(parts, true).as('some')).groupBy('status'),
  );
  const found = new Map(rows.map((row) => [row.status, row.found]));
  return Object.fromEntries(purchaseStatuses.map((status) => [status, found.get(status) ?? 0])) as PurchaseCounts;
}
