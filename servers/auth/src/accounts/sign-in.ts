import type { Knex } from 'knex';
import { endOldestSessions } from '../sessions/end-sessions.ts';
import { openSession } from '../sessions/open-session.ts';
import { issueTimeOf } from '../sessions/token-time.ts';
import { lockActiveUser } from '../users/lock-user.ts';
import type { Proven } from './check-credentials.ts';
import type { SignedIn } from './signed-in-answer.ts';

export type SessionTerms = {
  sessionTtlS: number;
  accessTokenTtlS: number;
  /** One more ends the oldest. */
  mostSessions: number;
};

/**
 * Opens a session for who proved to know the password, if that still counts: since the check the account may have been
 * disabled or its password changed. Then there is none.
 */
export async function signIn(
  trx: Knex.Transaction,
  { userId, passwordHash }: Proven,
  terms: SessionTerms,
): Promise<SignedIn | undefined> {
  const account = await lockActiveUser(trx, userId);
  if (account === undefined || account.passwordHash !== passwordHash) return undefined;
  const session = await openSession(trx, userId, { ttlS: terms.sessionTtlS, now: issueTimeOf(account) });
  await endOldestSessions(trx, account, { keep: terms.mostSessions, accessTokenTtlS: terms.accessTokenTtlS });
  return { user: account.user, session };
}
