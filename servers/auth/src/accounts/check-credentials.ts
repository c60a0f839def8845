import { AppError } from '@florin/app-response';
import { idText } from '@florin/runtime';
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
  const account = await findAccount(db, email);
  const isMatch = await passwords.matches(password, account?.passwordHash);
  if (account === undefined || !isMatch) throw new AppError(accountErrors.INVALID_CREDENTIALS);
  return account;
}

async function findAccount(db: Knex, email: string): Promise<Proven | undefined> {
  const [[row]] = (await db.raw('SELECT id, password_hash FROM users WHERE email = ?', [email])) as [
    { id: Buffer; password_hash: string }[],
  ];
  return row && { userId: idText(row.id), passwordHash: row.password_hash };
}
