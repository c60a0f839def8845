import { idBytes, query } from '@florin/database';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns, userOfRow } from './user.ts';

/** A user's row under lock. Lock it before the user's sessions are locked or inserted. */
export type LockedUser = {
  user: User;
  passwordHash: string;
  /** Counts the account's changes and is the sequence number of its last event. */
  version: number;
  /** Access tokens issued before this time are void. */
  tokensValidFrom: Date | null;
  isErased: boolean;
  /** The database's time, read with the lock. */
  lockedAt: Date;
};

/** Locks the user's row; returns undefined if it does not exist. */
export async function lockUser(trx: Knex.Transaction, id: string): Promise<LockedUser | undefined> {
  const [row] = await lockUsers(trx, [idBytes(id)]);
  return row;
}

/** Locks the user's row if the user may sign in. */
export async function lockActiveUser(trx: Knex.Transaction, id: string): Promise<LockedUser | undefined> {
  const account = await lockUser(trx, id);
  return account?.user.status === 'active' ? account : undefined;
}

/** Locks these rows in id order. */
export async function lockUsers(trx: Knex.Transaction, ids: readonly Buffer[]): Promise<LockedUser[]> {
  const rows = await query<LockedRow>(
    trx,
    `SELECT ${userColumns}, password_hash, version, tokens_valid_from, NOW(3) AS read_at
       FROM users FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE`,
    [ids],
  );
  return rows.map((row) => ({
    user: userOfRow(row),
    passwordHash: row.password_hash,
    version: row.version,
    tokensValidFrom: row.tokens_valid_from,
    isErased: row.status === 'erased',
    lockedAt: row.read_at,
  }));
}

type LockedRow = UserRow & { password_hash: string; version: number; tokens_valid_from: Date | null; read_at: Date };
