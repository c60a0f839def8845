import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns, userOfRow } from './user.ts';

/** Changes what of the profile is given, and returns the user; undefined when there is none. */
export async function updateProfile(
  trx: Knex.Transaction,
  id: string,
  { name }: { name?: string | undefined },
): Promise<User | undefined> {
  const user = await lockUser(trx, id);
  if (user === undefined || name === undefined || name === user.name) return user;
  await trx.raw('UPDATE users SET name = ?, version = version + 1 WHERE id = ?', [name, idBytes(id)]);
  return { ...user, name };
}

async function lockUser(trx: Knex.Transaction, id: string): Promise<User | undefined> {
  const [[row]] = (await trx.raw(`SELECT ${userColumns} FROM users WHERE id = ? FOR UPDATE`, [idBytes(id)])) as [UserRow[]];
  return row && userOfRow(row);
}
