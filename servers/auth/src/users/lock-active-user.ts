import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns, userOfRow } from './user.ts';

/** Locks the user's row, which goes before the user's sessions are locked or inserted. */
export async function lockActiveUser(
  trx: Knex.Transaction,
  id: string,
): Promise<{ user: User; passwordHash: string } | undefined> {
  const [[row]] = (await trx.raw(
    `SELECT ${userColumns}, password_hash FROM users WHERE id = ? AND status = 'active' FOR UPDATE`,
    [idBytes(id)],
  )) as [(UserRow & { password_hash: string })[]];
  return row && { user: userOfRow(row), passwordHash: row.password_hash };
}
