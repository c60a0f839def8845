import { AppError } from '@florin/app-response';
import type { Transact } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Passwords } from '../passwords/passwords.ts';
import { createUser, type NewUser } from './create-user.ts';
import { userErrors } from './errors.ts';
import { type User, type UserRow, userColumns, userOfRow } from './user.ts';

export type AccountMakers = { db: Knex; transact: Transact; passwords: Passwords };

export type WantedUser = Omit<NewUser, 'passwordHash'> & { password: string };

/** The account of this email: as it is, or else made now. Several processes may do this at once. */
export async function createMissingUser({ db, transact, passwords }: AccountMakers, wanted: WantedUser): Promise<User> {
  const existing = await findUserByEmail(db, wanted.email);
  if (existing !== undefined) return existing;
  const { password, ...newUser } = wanted;
  const passwordHash = await passwords.hash(password);
  return transact(
    async (trx) => (await findUserByEmail(trx, newUser.email)) ?? (await createUser(trx, { ...newUser, passwordHash })),
    isEmailTaken,
  );
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === userErrors.EMAIL_TAKEN.code;
}

async function findUserByEmail(db: Knex, email: string): Promise<User | undefined> {
  const [[row]] = (await db.raw(`SELECT ${userColumns} FROM users WHERE email = ?`, [email])) as [UserRow[]];
  return row && userOfRow(row);
}
