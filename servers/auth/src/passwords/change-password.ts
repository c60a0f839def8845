import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Proven } from '../accounts/check-credentials.ts';
import { endOtherSessions } from '../sessions/end-sessions.ts';
import { lockActiveUser } from '../users/lock-user.ts';

type Change = { newPasswordHash: string; sessionId: string; accessTokenTtlS: number };

/**
 * Changes the password of who proved to know the old one, if that still counts; false where it does not. The session that asks
 * goes on, tokens and all; each other one ends and is told of, as by its owner.
 */
export async function changePassword(
  trx: Knex.Transaction,
  { userId, passwordHash }: Proven,
  { newPasswordHash, ...session }: Change,
): Promise<boolean> {
  const account = await lockActiveUser(trx, userId);
  if (account === undefined || account.passwordHash !== passwordHash) return false;
  await trx.raw('UPDATE users SET password_hash = ?, version = version + 1 WHERE id = ?', [newPasswordHash, idBytes(userId)]);
  await endOtherSessions(trx, { ...account, version: account.version + 1 }, session);
  return true;
}
