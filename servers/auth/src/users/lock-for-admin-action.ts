import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, query } from '@florin/database';
import type { Knex } from 'knex';
import { type LockedUser, lockUsers } from '../sessions/index.ts';
import { userErrors } from './errors.ts';

/** The acting user, the user's session, and the user acted on. */
export type AdminAction = { actorId: string; sessionId: string; userId: string };

export type AdminScene = {
  account: LockedUser;
  /** @throws AppError LAST_ADMIN if the account is the only admin who can still sign in */
  assertNotLastAdmin(): void;
  /**
   * Checks the actor: for a moment a token may outlive the role or the session.
   *
   * @throws AppError FORBIDDEN, UNAUTHENTICATED
   */
  assertActor(sessionId: string): Promise<void>;
};

/**
 * Locks the account and its actor. If the account is an admin it locks all admins, so that two admins who demote each other are
 * serialised.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockForAdminAction(
  trx: Knex.Transaction,
  { actorId, userId }: Pick<AdminAction, 'actorId' | 'userId'>,
): Promise<AdminScene> {
  const admins = await findAdminsBeside(trx, userId);
  const locked = await lockUsers(trx, [idBytes(userId), idBytes(actorId), ...admins]);
  const account = locked.find(({ user }) => user.id === userId);
  if (account === undefined) throw new AppError(requestErrors.NOT_FOUND);
  const activeAdmins = locked.filter(isActiveAdmin).map(({ user }) => user.id);
  return {
    account,
    assertNotLastAdmin: () => {
      if (activeAdmins.length === 1 && activeAdmins[0] === userId) throw new AppError(userErrors.LAST_ADMIN);
    },
    assertActor: async (sessionId) => {
      if (!activeAdmins.includes(actorId)) throw new AppError(requestErrors.FORBIDDEN);
      if (await isSessionOpen(trx, sessionId)) return;
      throw new AppError(requestErrors.UNAUTHENTICATED, { detail: 'The session has ended.' });
    },
  };
}

function isActiveAdmin({ user }: LockedUser): boolean {
  return user.status === 'active' && user.roles.includes('admin');
}

/** The session cannot end meanwhile: that takes the lock of its user, which this transaction holds. */
async function isSessionOpen(trx: Knex.Transaction, sessionId: string): Promise<boolean> {
  const rows = await query<unknown>(trx, 'SELECT id FROM sessions WHERE id = ? AND ended_at IS NULL', [idBytes(sessionId)]);
  return rows.length > 0;
}

/** Returns the ids of all active admins if the user is an admin, otherwise none. */
async function findAdminsBeside(trx: Knex.Transaction, userId: string): Promise<Buffer[]> {
  const rows = await query<{ id: Buffer }>(
    trx,
    `SELECT a.id FROM users u JOIN users a ON a.roles IN ('buyer,admin', 'buyer,staff,admin') AND a.status = 'active'
      WHERE u.id = ? AND FIND_IN_SET('admin', u.roles) > 0`,
    [idBytes(userId)],
  );
  return rows.map(({ id }) => id);
}
