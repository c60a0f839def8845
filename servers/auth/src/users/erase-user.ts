import { idBytes, newId } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { VerifiedCredentials } from '../credentials/index.ts';
import { appendUserEvents, endAllSessions, forgetWhereabouts, invalidateTokens, userFact } from '../sessions/index.ts';
import { lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Erases the user's personal data if the verified credentials are still current; returns false otherwise. The row stays, because
 * ledgers of other services refer to it. It gets an address that nobody has, so that the real one is free again.
 *
 * @throws AppError LAST_ADMIN
 */
export async function eraseUser(trx: Knex.Transaction, { userId, passwordHash }: VerifiedCredentials): Promise<boolean> {
  const { account, assertNotLastAdmin } = await lockForAdminAction(trx, { actorId: userId, userId });
  if (account.user.status !== 'active' || account.passwordHash !== passwordHash) return false;
  assertNotLastAdmin();
  await trx.raw("UPDATE users SET email = ?, name = NULL, password_hash = '', roles = 'buyer', status = 'erased' WHERE id = ?", [
    `${newId()}@erased.invalid`,
    idBytes(userId),
  ]);
  await endAllSessions(trx, account);
  await forgetWhereabouts(trx, userId);
  const invalidated = await invalidateTokens(trx, account);
  await appendAuditEntry(trx, { actorId: userId, action: 'user.erased', subject: userId });
  await appendUserEvents(trx, account, [userFact('user-erased', { userId }), invalidated]);
  return true;
}
