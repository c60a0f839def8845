import { idBytes, idText, query } from '@florin/database';
import { emailSpellings, MAX_EMAIL_LENGTH, normaliseEmail } from '@florin/values';
import type { Knex } from 'knex';
import { KNOWN_ADDRESS_DAYS } from '../sessions/index.ts';
import { firstSpelled } from './first-spelled.ts';

/** The key under which failures on an account are counted. An unlock increments the generation of the account. */
export type CountedAccount = { name: string; generation: number };

/** A password check. */
export type Attempt = {
  /** `password`: of a signed-in user. */
  purpose: 'signin' | 'password';
  account: CountedAccount;
  /** Undefined if there is no such account. */
  userId: string | undefined;
  /** The client's address. */
  address: string;
  /** Whether the account was signed in from there lately. */
  isKnownAddress: boolean;
};

/** Describes a sign-in with this e-mail address, also if it has no account. */
export async function readSignInAttempt(db: Knex, email: string, address: string): Promise<Attempt> {
  const spellings = emailSpellings(email);
  const rows = await query<AttemptRow>(db, `${selectAttempt} WHERE u.email IN (?)`, [address, spellings]);
  return { purpose: 'signin', address, ...attemptOn(nameOfEmail(email), firstSpelled(rows, spellings)) };
}

/**
 * Describes a password check of a signed-in user. The name is the id, while sign-in uses the e-mail address, which a stolen token
 * does not reveal.
 */
export async function readUserAttempt(db: Knex, userId: string, address: string): Promise<Attempt> {
  const [row] = await query<AttemptRow>(db, `${selectAttempt} WHERE u.id = ?`, [address, idBytes(userId)]);
  return { purpose: 'password', address, ...attemptOn(userId, row) };
}

/**
 * Uses one name for all spellings of an address; otherwise each spelling would have its own free attempts. Truncated, because any
 * text may be sent.
 */
export function nameOfEmail(email: string): string {
  return normaliseEmail(email) ?? email.slice(0, MAX_EMAIL_LENGTH);
}

type AttemptRow = { id: Buffer; email: string; attempts_generation: number; is_known: number };

const selectAttempt = `SELECT u.id, u.email, u.attempts_generation, k.user_id IS NOT NULL AS is_known FROM users u
  LEFT JOIN known_addresses k ON k.user_id = u.id AND k.address = ? AND k.last_signed_in_at > NOW(3) - INTERVAL ${KNOWN_ADDRESS_DAYS} DAY`;

function attemptOn(name: string, row: AttemptRow | undefined): Omit<Attempt, 'purpose' | 'address'> {
  return {
    account: { name, generation: row?.attempts_generation ?? 0 },
    userId: row && idText(row.id),
    isKnownAddress: row?.is_known === 1,
  };
}
