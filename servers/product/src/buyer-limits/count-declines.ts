import { execute, sqlId } from '@florin/database';
import type { Knex } from 'knex';

/** Bounds the count; far above the number that still changes the pace. */
const MAX_DECLINES = 1_000;

/**
 * Adds declined purchases to the declines in a row of their buyers. A newer version of the wallet, which every wallet event brings,
 * ends the row. A release before that writes a newer version ends it too.
 *
 * @param userIds the buyer of each declined purchase
 */
export async function countDeclines(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  const declines = new Map<string, number>();
  for (const userId of userIds) declines.set(userId, (declines.get(userId) ?? 0) + 1);
  for (const count of new Set(declines.values())) {
    const users = [...declines].filter(([, of]) => of === count).map(([userId]) => sqlId(userId));
    await execute(
      trx,
      `UPDATE buyer_limits SET declines = LEAST(IF(declines_version = version, declines, 0) + ?, ?), declines_version = version
        WHERE user_id IN (?)`,
      [count, MAX_DECLINES, users],
    );
  }
}
