import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { userErrors } from './errors.ts';
import { type LockedUser, lockUsers } from './lock-user.ts';

/** What an admin does, and to whom. */
export type AdminAction = { actorId: string; userId: string };

export type AdminScene = {
  account: LockedUser;
  /** @throws AppError LAST_ADMIN where the account is the only admin who can still sign in */
  assertNotLastAdmin(): void;
  /** @throws AppError FORBIDDEN where the actor's token has outlived the role, as it may for a moment */
  assertActor(): void;
};

/**
 * Locks the account and its actor and, where it is an admin, all admins: two of them who demote each other meet here.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockForAdminAction(trx: Knex.Transaction, { actorId, userId }: AdminAction): Promise<AdminScene> {
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
    assertActor: () => {
      if (!activeAdmins.includes(actorId)) throw new AppError(requestErrors.FORBIDDEN);
    },
  };
}

function isActiveAdmin({ user }: LockedUser): boolean {
  return user.status === 'active' && user.roles.includes('admin');
}

/** The ids of all admins where the user is one, else none. */
async function findAdminsBeside(trx: Knex.Transaction, userId: string): Promise<Buffer[]> {
  const [rows] = (await trx.raw(
    `SELECT a.id FROM users u JOIN users a ON a.roles IN ('buyer,admin', 'buyer,staff,admin') AND a.status = 'active'
      WHERE u.id = ? AND FIND_IN_SET('admin', u.roles) > 0`,
    [idBytes(userId)],
  )) as [{ id: Buffer }[]];
  return rows.map(({ id }) => id);
}
