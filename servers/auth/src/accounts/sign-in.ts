import type { Knex } from 'knex';
import { openSession } from '../sessions/open-session.ts';
import { lockActiveUser } from '../users/lock-active-user.ts';
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
  return { user: account.user, session: await openSession(trx, userId, sessionTtlS) };
}
