import { AppError } from '@florin/app-response';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Passwords } from '../passwords/passwords.ts';
import { accountErrors } from './errors.ts';

export type Credentials = { email: string; password: string };

/** Who proved to know the password, and the hash it was checked against. */
export type Proven = { userId: string; passwordHash: string };

/**
 * Checks a password, before any transaction: it takes a moment. The answer and its cost do not tell whether the email is known.
 *
 * @throws AppError INVALID_CREDENTIALS
 */
export async function checkCredentials(db: Knex, passwords: Passwords, { email, password }: Credentials): Promise<Proven> {
  const account = await findAccount(db, { email });
  const isMatch = await passwords.matches(password, account?.passwordHash);
  if (account === undefined || !isMatch) throw new AppError(accountErrors.INVALID_CREDENTIALS);
  return account;
}

/**
 * As `checkCredentials`, for who is signed in and is to prove it again.
 *
 * @throws AppError INVALID_CREDENTIALS
 */
export async function checkCurrentPassword(
  db: Knex,
  passwords: Passwords,
  { userId, password }: { userId: string; password: string },
): Promise<Proven> {
  const account = await findAccount(db, { id: idBytes(userId) });
  if (account !== undefined && (await passwords.matches(password, account.passwordHash))) return account;
  throw wrongPassword();
}

export function wrongPassword(): AppError {
  return new AppError(accountErrors.INVALID_CREDENTIALS, { detail: 'The current password is wrong.' });
}

/** An erased account has no password. */
async function findAccount(db: Knex, by: { email: string } | { id: Buffer }): Promise<Proven | undefined> {
  const row = await db('users')
    .where(by)
    .whereNot('status', 'erased')
    .first<{ id: Buffer; password_hash: string } | undefined>('id', 'password_hash');
  return row && { userId: idText(row.id), passwordHash: row.password_hash };
}
