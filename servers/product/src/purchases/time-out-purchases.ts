import { idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { cancelPurchases } from './cancel-purchases.ts';

/** Cancels at most `limit` overdue purchases. Returns their number; if it equals `limit`, more may be overdue. */
export async function timeOutPurchases(trx: Knex.Transaction, options: { timeoutS: number; limit: number }): Promise<number> {
  const ids = await lockOverdue(trx, options);
  if (ids.length > 0) {
    await cancelPurchases(
      trx,
      ids.map((purchaseId) => ({ purchaseId, by: 'timeout' as const, reason: `No decision within ${options.timeoutS} s` })),
    );
  }
  return ids.length;
}

/**
 * Locks overdue purchases. Purchases have their time from the database's clock, so that clock decides: an instance whose clock is
 * ahead must not cancel them all. SKIP LOCKED: purchases that another transaction is changing are left alone.
 */
async function lockOverdue(trx: Knex.Transaction, { timeoutS, limit }: { timeoutS: number; limit: number }): Promise<string[]> {
  const rows = await query<{ id: Buffer }>(
    trx,
    `SELECT id FROM purchases WHERE status = 'requested' AND created_at < NOW(3) - INTERVAL ? SECOND
      ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [timeoutS, limit],
  );
  return rows.map(({ id }) => idText(id));
}
