import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import type { User } from '../sessions/index.ts';
import { lockActiveUser } from '../sessions/index.ts';

/** Changes the given fields of the profile and returns the user; undefined if the user does not exist or may not sign in. */
export async function updateProfile(
  trx: Knex.Transaction,
  id: string,
  { name }: { name?: string | undefined },
): Promise<User | undefined> {
  const user = (await lockActiveUser(trx, id))?.user;
  if (user === undefined || name === undefined || name === user.name) return user;
  await trx.raw('UPDATE users SET name = ?, version = version + 1 WHERE id = ?', [name, idBytes(id)]);
  return { ...user, name };
}
