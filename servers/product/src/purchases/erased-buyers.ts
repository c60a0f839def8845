import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';

/** Notes that users were erased. Before their purchases are looked for, so that what is written meanwhile waits and sees it. */
export async function rememberErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  // In key order, so that two such inserts cannot wait for each other in a circle.
  const ids = [...new Set(userIds)].sort().map(idBytes);
  if (ids.length === 0) return;
  await trx.raw(
    `INSERT INTO erased_users (user_id) VALUES ${ids.map(() => '(?)').join(', ')} ON DUPLICATE KEY UPDATE user_id = erased_users.user_id`,
    ids,
  );
}

/** Returns those of the users who were erased. Waits for a transaction that is erasing one of them. */
export async function findErased(trx: Knex.Transaction, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const [rows] = (await trx.raw(
    `SELECT user_id FROM erased_users WHERE user_id IN (${userIds.map(() => '?').join(', ')}) ORDER BY user_id LOCK IN SHARE MODE`,
    userIds.map(idBytes),
  )) as [{ user_id: Buffer }[]];
  return new Set(rows.map(({ user_id }) => idText(user_id)));
}
