import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import {
  appendUserEvents,
  bringBackTokenTime,
  endOldestSessions,
  issueTimeOf,
  lockActiveUser,
  openSession,
  type SessionOrigin,
} from '../sessions/index.ts';
import type { VerifiedCredentials } from './check-credentials.ts';
import type { SignedIn } from './signed-in-answer.ts';

export type SessionTerms = {
  sessionTtlS: number;
  accessTokenTtlS: number;
  /** Maximum number of open sessions. Beyond it, the oldest ends. */
  maxSessions: number;
  origin: SessionOrigin;
};

/**
 * Opens a session if the verified credentials are still current. Returns undefined if the account was disabled or its password
 * or hash changed since the check.
 */
export async function signIn(
  trx: Knex.Transaction,
  { userId, passwordHash, strongerHash }: VerifiedCredentials,
  terms: SessionTerms,
): Promise<SignedIn | undefined> {
  const locked = await lockActiveUser(trx, userId);
  if (locked === undefined || locked.passwordHash !== passwordHash) return undefined;
  if (strongerHash !== undefined)
    await trx.raw('UPDATE users SET password_hash = ? WHERE id = ?', [strongerHash, idBytes(userId)]);
  const { account, facts } = await bringBackTokenTime(trx, locked);
  const session = await openSession(trx, userId, {
    ttlS: terms.sessionTtlS,
    issuedAt: issueTimeOf(account),
    origin: terms.origin,
  });
  const ended = await endOldestSessions(trx, account, { keep: terms.maxSessions, accessTokenTtlS: terms.accessTokenTtlS });
  if (facts.length + ended.length > 0) await appendUserEvents(trx, account, [...facts, ...ended]);
  return { user: account.user, session };
}
