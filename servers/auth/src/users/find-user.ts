import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns, userOfRow } from '../sessions/index.ts';

export async function findUser(db: Knex, id: string): Promise<User | undefined> {
  const row = await queryFirst<UserRow>(db, `SELECT ${userColumns} FROM users WHERE id = ?`, [idBytes(id)]);
  return row && userOfRow(row);
}
