import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import { appendUserEvents, endAllSessions, invalidateTokens, lockActiveUser } from '../sessions/index.ts';
import type { Proven } from './check-credentials.ts';

type Change = { newPasswordHash: string; sessionId: string };

/**
 * Changes the password of who proved to know the old one, if that still counts; false where it does not. Every access token of
 * the user becomes void, also those of the session that asks, whose tokens others may have; that session goes on with its next
 * refresh, and each other one ends.
 */
export async function changePassword(
  trx: Knex.Transaction,
  { userId, passwordHash }: Proven,
  { newPasswordHash, sessionId }: Change,
): Promise<boolean> {
  const account = await lockActiveUser(trx, userId);
  if (account === undefined || account.passwordHash !== passwordHash) return false;
  await trx.raw('UPDATE users SET password_hash = ? WHERE id = ?', [newPasswordHash, idBytes(userId)]);
  const invalidated = await invalidateTokens(trx, account);
  await endAllSessions(trx, account, { keep: sessionId });
  await appendUserEvents(trx, account, [invalidated]);
  return true;
}
