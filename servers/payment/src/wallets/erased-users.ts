import { AppError } from '@florin/app-response';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';

/** Notes that users were erased. Behind the locks of their wallets: whoever holds such a lock sees whether its user is erased. */
export async function rememberErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  // In key order, so that two such inserts cannot wait for each other in a circle.
  const ids = [...new Set(userIds)].sort().map(idBytes);
  if (ids.length === 0) return;
  await trx.raw(
    `INSERT INTO erased_users (user_id) VALUES ${ids.map(() => '(?)').join(', ')} ON DUPLICATE KEY UPDATE user_id = erased_users.user_id`,
    ids,
  );
}

/** Returns those of the users who were erased. */
export async function findErased(db: Knex, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const [rows] = (await db.raw(
    `SELECT user_id FROM erased_users WHERE user_id IN (${userIds.map(() => '?').join(', ')})`,
    userIds.map(idBytes),
  )) as [{ user_id: Buffer }[]];
  return new Set(rows.map(({ user_id }) => idText(user_id)));
}

/**
 * Refuses what would let an erased user's wallet be used again. Call it with the wallet locked.
 *
 * @throws AppError USER_ERASED
 */
export async function assertNotErased(trx: Knex.Transaction, userId: string): Promise<void> {
  const erased = await findErased(trx, [userId]);
  if (erased.has(userId)) throw new AppError(walletErrors.USER_ERASED);
}
