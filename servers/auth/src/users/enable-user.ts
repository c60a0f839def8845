import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { User } from '../sessions/index.ts';
import { type AdminAction, lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Lets a disabled user sign in again. Publishes nothing: earlier tokens stay void.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, UNAUTHENTICATED, INVALID_TRANSITION
 */
export async function enableUser(trx: Knex.Transaction, action: AdminAction): Promise<User> {
  const { account, assertActor } = await lockForAdminAction(trx, action);
  const { user, isErased } = account;
  if (isErased) throw new AppError(requestErrors.INVALID_TRANSITION, { detail: 'The account is erased.' });
  if (user.status === 'active') return user;
  await assertActor(action.sessionId);
  // A published contact stays published. The assignments take effect from left to right.
  await trx.raw(
    `UPDATE users SET status = 'active', contact_version = IF(contact_version = version, version + 1, contact_version),
       version = version + 1 WHERE id = ?`,
    [idBytes(user.id)],
  );
  await appendAuditEntry(trx, {
    actorId: action.actorId,
    action: 'user.enable',
    subject: user.id,
    before: { status: 'disabled' },
    after: { status: 'active' },
  });
  return { ...user, status: 'active' };
}
