import { idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { User } from '../sessions/index.ts';
import { appendUserEvents, endAllSessions, invalidateTokens } from '../sessions/index.ts';
import { type AdminAction, lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Disables a user: all sessions end and all tokens become void. A disabled user stays as it is.
 *
 * @throws AppError NOT_FOUND, LAST_ADMIN, FORBIDDEN, UNAUTHENTICATED
 */
export async function disableUser(trx: Knex.Transaction, action: AdminAction): Promise<User> {
  const { account, assertActor, assertNotLastAdmin } = await lockForAdminAction(trx, action);
  const { user } = account;
  if (user.status === 'disabled') return user;
  assertNotLastAdmin();
  await assertActor(action.sessionId);
  await trx.raw("UPDATE users SET status = 'disabled' WHERE id = ?", [idBytes(user.id)]);
  await endAllSessions(trx, account);
  const invalidated = await invalidateTokens(trx, account);
  await appendAuditEntry(trx, {
    actorId: action.actorId,
    action: 'user.disable',
    subject: user.id,
    before: { status: 'active' },
    after: { status: 'disabled' },
  });
  await appendUserEvents(trx, account, [invalidated]);
  return { ...user, status: 'disabled' };
}
