import { idText, lockByIds, query } from '@florin/database';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockPurchases } from '../purchases/index.ts';
import { askPayment } from './ask-payment.ts';
import { plainRefunds } from './refund.ts';

/**
 * Asks payment again for at most `limit` refunds that are due. Another instance may do the same at once: the locks make it wait, and
 * then it finds none of them due.
 *
 * @returns the number of refunds that were due; if it equals `limit`, more may be
 */
export async function askAgain(trx: Knex.Transaction, { limit }: { limit: number }): Promise<number> {
  const due = await findDue(trx, limit);
  if (due.length === 0) return 0;
  const { purchases, lockedAt } = await lockPurchases(
    trx,
    due.map(({ purchase_id }) => idText(purchase_id)),
  );
  const refunds = await lockByIds(
    trx,
    plainRefunds,
    due.map(({ id }) => idText(id)),
  );
  const still = [...refunds.values()].filter(({ nextAttemptAt }) => nextAttemptAt !== null && nextAttemptAt <= lockedAt);
  await appendEvents(trx, await askPayment(trx, still, { purchases, at: lockedAt }));
  return due.length;
}

function findDue(trx: Knex.Transaction, limit: number): Promise<{ id: Buffer; purchase_id: Buffer }[]> {
  return query(
    trx,
    `SELECT id, purchase_id FROM refunds FORCE INDEX (refunds_due)
      WHERE status = 'pending' AND next_attempt_at <= NOW(3) ORDER BY next_attempt_at LIMIT ?`,
    [limit],
  );
}
