import { column, defineTable, idBytes, idText, insertRows, query } from '@florin/database';
import type { Knex } from 'knex';

export const erasedUsersTable = defineTable('erased_users', {
  userId: column.id(),
  erasedAt: column.time().byDatabase(),
});

/** Stores that users were erased. Call it before reading their purchases, so that concurrent writes wait and then see it. */
export async function rememberErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  // In key order, so that two concurrent inserts cannot deadlock.
  const rows = [...new Set(userIds)].sort().map((userId) => ({ userId }));
  await insertRows(trx, erasedUsersTable, rows, { onDuplicateKey: 'user_id = erased_users.user_id' });
}

/** Finds the erased users. Waits for a transaction that is erasing one of the users. */
export async function findErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await query<{ user_id: Buffer }>(
    trx,
    'SELECT user_id FROM erased_users WHERE user_id IN (?) ORDER BY user_id LOCK IN SHARE MODE',
    [userIds.map(idBytes)],
  );
  return new Set(rows.map(({ user_id }) => idText(user_id)));
}
