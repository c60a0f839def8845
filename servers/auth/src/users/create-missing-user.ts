import { AppError } from '@florin/app-response';
import { query, type Transact } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import { emailSpellings, normaliseEmail } from '@florin/values';
import type { Knex } from 'knex';
import type { Passwords } from '../credentials/index.ts';
import { firstSpelled } from '../credentials/index.ts';
import { type User, type UserRow, userColumns, userOfRow } from '../sessions/index.ts';
import { createUser, type NewUser } from './create-user.ts';
import { userErrors } from './errors.ts';

export type AccountMakers = { db: Knex; transact: Transact; passwords: Passwords };

export type WantedUser = Omit<NewUser, 'passwordHash'> & { password: string };

/**
 * Returns the account of this address, in any spelling that an earlier release stored, or creates it. Several processes may do
 * this at once. With an actor, a new account gets an entry in the audit log.
 *
 * @throws Error if there is no account and the address is not valid for a new one
 */
export async function createMissingUser(
  { db, transact, passwords }: AccountMakers,
  wanted: WantedUser,
  actor?: CommandActor,
): Promise<User> {
  const existing = await findUserByEmail(db, wanted.email);
  if (existing !== undefined) return existing;
  const { password, ...rest } = wanted;
  const newUser = { ...rest, email: requireEmail(wanted.email) };
  const passwordHash = await passwords.hash(password);
  return transact(async (trx) => {
    const made = await findUserByEmail(trx, newUser.email);
    if (made !== undefined) return made;
    const user = await createUser(trx, { ...newUser, passwordHash });
    if (actor !== undefined) await appendAuditEntry(trx, { ...actor, action: 'user.seed', subject: user.id });
    return user;
  }, isEmailTaken);
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === userErrors.EMAIL_TAKEN.code;
}

/** @throws Error if no account can be created with this address */
export function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (email === undefined) throw new Error(`No account can be created with the address ${JSON.stringify(text)}: choose another.`);
  return email;
}

/** Finds an account by any spelling of its address that an earlier release stored. */
export async function findUserByEmail(db: Knex, email: string): Promise<User | undefined> {
  const spellings = emailSpellings(email);
  const rows = await query<UserRow>(db, `SELECT ${userColumns} FROM users WHERE email IN (?)`, [spellings]);
  const row = firstSpelled(rows, spellings);
  return row && userOfRow(row);
}
