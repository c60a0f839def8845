import { idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { cancelPurchases } from './cancel-purchases.ts';

/** Cancels purchases that nobody decided in time, at most `limit`. Returns how many: as many as the limit means there may be more. */
export async function timeOutPurchases(trx: Knex.Transaction, options: { timeoutS: number; limit: number }): Promise<number> {
  const ids = await lockOverdue(trx, new Date(Date.now() - options.timeoutS * 1000), options.limit);
  if (ids.length > 0) {
    await cancelPurchases(
      trx,
      ids.map((purchaseId) => ({ purchaseId, by: 'timeout' as const, reason: `No decision within ${options.timeoutS} s` })),
    );
  }
  return ids.length;
}

/** Skips what another instance, or payment's answer, is working on at this moment. */
async function lockOverdue(trx: Knex.Transaction, before: Date, limit: number): Promise<string[]> {
  const [rows] = (await trx.raw(
    `SELECT id FROM purchases WHERE status = 'requested' AND created_at < ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [before, limit],
  )) as [{ id: Buffer }[]];
  return rows.map(({ id }) => idText(id));
}
