import { idBytes, newId } from '@florin/database';
import type { Knex } from 'knex';
import type { Proven } from '../credentials/index.ts';
import { appendUserEvents, endAllSessions, invalidateTokens, userFact } from '../sessions/index.ts';
import { lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Forgets what is personal of who proved to know the password, if that still counts; false where it does not. The row stays,
 * since ledgers elsewhere refer to it, under an address that nobody has, so that the real one can be used again.
 *
 * @throws AppError LAST_ADMIN
 */
export async function eraseUser(trx: Knex.Transaction, { userId, passwordHash }: Proven): Promise<boolean> {
  const { account, assertNotLastAdmin } = await lockForAdminAction(trx, { actorId: userId, userId });
  if (account.user.status !== 'active' || account.passwordHash !== passwordHash) return false;
  assertNotLastAdmin();
  await trx.raw("UPDATE users SET email = ?, name = NULL, password_hash = '', roles = 'buyer', status = 'erased' WHERE id = ?", [
    `${newId()}@erased.invalid`,
    idBytes(userId),
  ]);
  await endAllSessions(trx, account);
  const invalidated = await invalidateTokens(trx, account);
  await appendUserEvents(trx, account, [userFact('user-erased', { userId }), invalidated]);
  return true;
}
