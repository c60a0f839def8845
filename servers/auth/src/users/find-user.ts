import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns, userOfRow } from '../sessions/index.ts';

export async function findUser(db: Knex, id: string): Promise<User | undefined> {
  const [[row]] = (await db.raw(`SELECT ${userColumns} FROM users WHERE id = ?`, [idBytes(id)])) as [UserRow[]];
  return row && userOfRow(row);
}
