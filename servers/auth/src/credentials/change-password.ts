import { idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { appendUserEvents, endAllSessions, invalidateTokens, lockActiveUser } from '../sessions/index.ts';
import type { VerifiedCredentials } from './check-credentials.ts';

type Change = { newPasswordHash: string; sessionId: string };

/**
 * Changes the password if the verified credentials are still current; returns false otherwise. All access tokens of the user
 * become void, also those of the requesting session, because others may have them. The requesting session stays open; all other
 * sessions end.
 */
export async function changePassword(
  trx: Knex.Transaction,
  { userId, passwordHash }: VerifiedCredentials,
  { newPasswordHash, sessionId }: Change,
): Promise<boolean> {
  const account = await lockActiveUser(trx, userId);
  if (account === undefined || account.passwordHash !== passwordHash) return false;
  await trx.raw('UPDATE users SET password_hash = ? WHERE id = ?', [newPasswordHash, idBytes(userId)]);
  const invalidated = await invalidateTokens(trx, account);
  await endAllSessions(trx, account, { keep: sessionId });
  await appendAuditEntry(trx, { actorId: userId, action: 'auth.password.changed', subject: userId });
  await appendUserEvents(trx, account, [invalidated]);
  return true;
}
