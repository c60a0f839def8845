import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import type { User } from '../sessions/index.ts';
import { lockActiveUser } from '../sessions/index.ts';

/** Changes what of the profile is given, and returns the user; undefined when there is none who may sign in. */
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
