import { AppError, requestErrors } from '@florin/app-response';
import { type Role, requireOther } from '@florin/auth-middleware';
import { idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { allRoles, appendUserEvents, invalidateTokens, type User } from '../sessions/index.ts';
import { type AdminAction, lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Replaces a user's roles; `buyer` is always among them. Access tokens contain the old roles and become void. Sessions stay open,
 * and their next refresh gets the new roles.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, LAST_ADMIN, FORBIDDEN, UNAUTHENTICATED, INVALID_TRANSITION
 */
export async function setRoles(trx: Knex.Transaction, action: AdminAction, wanted: readonly Role[]): Promise<User> {
  const { account, assertActor, assertNotLastAdmin } = await lockForAdminAction(trx, action);
  const { user, isErased } = account;
  if (isErased) throw new AppError(requestErrors.INVALID_TRANSITION, { detail: 'The account is erased.' });
  const roles = allRoles.filter((role) => role === 'buyer' || wanted.includes(role));
  if (roles.join() === user.roles.join()) return user;
  // Giving up a role is allowed.
  if (roles.some((role) => !user.roles.includes(role))) requireOther(action.actorId, user.id);
  if (!roles.includes('admin')) assertNotLastAdmin();
  await assertActor(action.sessionId);
  await trx.raw('UPDATE users SET roles = ? WHERE id = ?', [roles.join(), idBytes(user.id)]);
  const invalidated = await invalidateTokens(trx, account);
  await appendAuditEntry(trx, {
    actorId: action.actorId,
    action: 'user.set-roles',
    subject: user.id,
    before: { roles: user.roles },
    after: { roles },
  });
  await appendUserEvents(trx, account, [invalidated]);
  return { ...user, roles };
}
