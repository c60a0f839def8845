import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { execute, idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { CountedAccount } from '../credentials/index.ts';
import type { User } from '../sessions/index.ts';
import { type AdminAction, lockForAdminAction } from './lock-for-admin-action.ts';

/** The generation under which attempts on the account failed, and their number. */
export type FailedAttempts = Pick<CountedAccount, 'generation'> & { count: number };

/**
 * Clears the failed attempts on a user's password, from all addresses. Tokens and sessions stay as they are. Without failed
 * attempts, and after a concurrent unlock, nothing changes.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, FORBIDDEN, UNAUTHENTICATED, INVALID_TRANSITION
 */
export async function unlockUser(trx: Knex.Transaction, action: AdminAction, failed: FailedAttempts): Promise<User> {
  const {
    account: { user, isErased },
    assertActor,
  } = await lockForAdminAction(trx, action);
  // Whoever stole an admin's token could otherwise guess the admin's password without a pause.
  requireOther(action.actorId, user.id);
  if (isErased) throw new AppError(requestErrors.INVALID_TRANSITION, { detail: 'The account is erased.' });
  await assertActor(action.sessionId);
  if (failed.count === 0) return user;
  const { affectedRows } = await execute(
    trx,
    'UPDATE users SET attempts_generation = attempts_generation + 1 WHERE id = ? AND attempts_generation = ?',
    [idBytes(user.id), failed.generation],
  );
  if (affectedRows === 0) return user;
  await appendAuditEntry(trx, {
    actorId: action.actorId,
    action: 'user.unlock',
    subject: user.id,
    before: { failedAttempts: failed.count },
    after: { failedAttempts: 0 },
  });
  return user;
}
