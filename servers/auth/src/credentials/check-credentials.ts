import { AppError } from '@florin/app-response';
import { idBytes, idText } from '@florin/database';
import { emailSpellings } from '@florin/values';
import type { Knex } from 'knex';
import { accountErrors } from './errors.ts';
import { firstSpelled } from './first-spelled.ts';
import type { Passwords } from './passwords.ts';

/** `email`: in any spelling. */
export type Credentials = { email: string; password: string };

/**
 * The user whose password was verified, and the hash that it matched. `strongerHash`: the hash that replaces it, if hashes cost
 * more now.
 */
export type VerifiedCredentials = { userId: string; passwordHash: string; strongerHash?: string };

/**
 * Checks a password. It is slow, so call it before a transaction. Neither the answer nor its duration reveals whether the e-mail
 * address is known.
 *
 * @throws AppError INVALID_CREDENTIALS
 */
export async function checkCredentials(
  db: Knex,
  passwords: Passwords,
  { email, password }: Credentials,
): Promise<VerifiedCredentials> {
  const account = await findByEmail(db, email);
  const isMatch = await passwords.matches(password, account?.passwordHash);
  if (account === undefined || !isMatch) throw new AppError(accountErrors.INVALID_CREDENTIALS);
  return passwords.isOutdated(account.passwordHash) ? { ...account, strongerHash: await passwords.hash(password) } : account;
}

/**
 * Checks the password of a signed-in user.
 *
 * @throws AppError INVALID_CREDENTIALS
 */
export async function checkCurrentPassword(
  db: Knex,
  passwords: Passwords,
  { userId, password }: { userId: string; password: string },
): Promise<VerifiedCredentials> {
  const account = await findById(db, userId);
  if (account !== undefined && (await passwords.matches(password, account.passwordHash))) return account;
  throw wrongPassword();
}

export function wrongPassword(): AppError {
  return new AppError(accountErrors.INVALID_CREDENTIALS, { detail: 'The current password is wrong.' });
}

async function findByEmail(db: Knex, email: string): Promise<VerifiedCredentials | undefined> {
  const spellings = emailSpellings(email);
  const row = firstSpelled(await accounts(db).whereIn('email', spellings), spellings);
  return row && verifiedCredentialsOf(row);
}

async function findById(db: Knex, userId: string): Promise<VerifiedCredentials | undefined> {
  const [row] = await accounts(db).where({ id: idBytes(userId) });
  return row && verifiedCredentialsOf(row);
}

type AccountRow = { id: Buffer; email: string; password_hash: string };

/** An erased account has no password. */
function accounts(db: Knex): Knex.QueryBuilder<AccountRow, AccountRow[]> {
  return db<AccountRow, AccountRow[]>('users').whereNot('status', 'erased').select('id', 'email', 'password_hash');
}

function verifiedCredentialsOf({ id, password_hash }: AccountRow): VerifiedCredentials {
  return { userId: idText(id), passwordHash: password_hash };
}
