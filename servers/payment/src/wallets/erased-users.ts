import { AppError } from '@florin/app-response';
import { column, defineTable, idBytes, idText, insertRows, query } from '@florin/database';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';

export const erasedUsersTable = defineTable('erased_users', {
  userId: column.id(),
  erasedAt: column.time().byDatabase(),
});

/** Records erased users. Call it with their wallets locked: the lock of a wallet then tells whether its user is erased. */
export async function rememberErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  // In key order, so that two inserts do not deadlock.
  const rows = [...new Set(userIds)].sort().map((userId) => ({ userId }));
  await insertRows(trx, erasedUsersTable, rows, { onDuplicateKey: 'user_id = erased_users.user_id' });
}

/** Returns the users who are erased. */
export async function findErased(db: Knex, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await query<{ user_id: Buffer }>(db, 'SELECT user_id FROM erased_users WHERE user_id IN (?)', [
    userIds.map(idBytes),
  ]);
  return new Set(rows.map(({ user_id }) => idText(user_id)));
}

/**
 * Refuses to make an erased user's wallet usable again. Call it with the wallet locked.
 *
 * @throws AppError USER_ERASED
 */
export async function assertNotErased(trx: Knex.Transaction, userId: string): Promise<void> {
  const erased = await findErased(trx, [userId]);
  if (erased.has(userId)) throw new AppError(walletErrors.USER_ERASED);
}
