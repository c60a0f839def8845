import type { Knex } from 'knex';
import { openSession } from '../sessions/open-session.ts';
import { issueTimeOf } from '../sessions/token-time.ts';
import { lockActiveUser } from '../users/lock-user.ts';
import type { Proven } from './check-credentials.ts';
import type { SignedIn } from './signed-in-answer.ts';

/**
 * Opens a session for who proved to know the password, if that still counts: since the check the account may have been
 * disabled or its password changed. Then there is none.
 */
export async function signIn(
  trx: Knex.Transaction,
  { userId, passwordHash }: Proven,
  sessionTtlS: number,
): Promise<SignedIn | undefined> {
  const account = await lockActiveUser(trx, userId);
  if (account === undefined || account.passwordHash !== passwordHash) return undefined;
  const session = await openSession(trx, userId, { ttlS: sessionTtlS, now: issueTimeOf(account) });
  return { user: account.user, session };
}
