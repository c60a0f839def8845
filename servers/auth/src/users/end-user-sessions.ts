import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { signOutEverywhere } from '../sessions/index.ts';
import { type AdminAction, lockForAdminAction } from './lock-for-admin-action.ts';

/**
 * Ends all sessions of a user, who may sign in again. A user without an open session stays as it is.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, UNAUTHENTICATED
 */
export async function endUserSessions(trx: Knex.Transaction, action: AdminAction): Promise<void> {
  const { account, assertActor } = await lockForAdminAction(trx, action);
  await assertActor(action.sessionId);
  if (!(await signOutEverywhere(trx, account))) return;
  await appendAuditEntry(trx, { actorId: action.actorId, action: 'user.end-sessions', subject: account.user.id });
}
