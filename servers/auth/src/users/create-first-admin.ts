import { column, defineTable, execute, idBytes, queryFirst } from '@florin/database';
import { appendAuditEntry, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';
import { type AccountMakers, findUserByEmail, requireEmail } from './create-missing-user.ts';
import { createUser } from './create-user.ts';

export const firstAdminTable = defineTable('first_admin', {
  id: column.integer('tinyint unsigned'),
  userId: column.id().orNull(),
  createdAt: column.time().byDatabase(),
});

type Makers = AccountMakers & { logger: Logger };

/**
 * Creates the first admin, once. A row marks that it was done, so later starts change nothing: neither when the role was taken
 * away, nor when the account was erased. A database whose admins an earlier release created is marked too.
 *
 * @throws Error if the address has an account that is not an admin: start-up promotes nobody, because anybody may have signed up
 * with it
 */
export async function createFirstAdmin(
  { db, transact, passwords, logger }: Makers,
  { email, password }: { email: string; password: string },
): Promise<void> {
  if (await isMarked(db)) return logDone(logger);
  const passwordHash = await passwords.hash(password);
  const userId = await transact(async (trx) => {
    // Other instances that start at the same time wait here.
    if (!(await mark(trx)) || (await hasAdmin(trx))) return undefined;
    if ((await findUserByEmail(trx, email)) !== undefined) throw new Error(TAKEN);
    const { id, roles } = await createUser(trx, { email: requireEmail(email), passwordHash, extraRoles: ['admin'] });
    await trx.raw('UPDATE first_admin SET user_id = ?', [idBytes(id)]);
    await appendAuditEntry(trx, { actorId: null, action: 'user.create-first-admin', subject: id, after: { roles } });
    return id;
  });
  if (userId === undefined) logDone(logger);
  else logger.info('created the first admin', { userId });
}

const TAKEN = 'FLORIN_ADMIN_EMAIL names an account that is not an admin, and start-up promotes nobody: choose another email.';

function logDone(logger: Logger): void {
  logger.info('the first admin was created by an earlier start: FLORIN_ADMIN_EMAIL and FLORIN_ADMIN_PASSWORD change nothing');
}

async function isMarked(db: Knex): Promise<boolean> {
  return (await queryFirst(db, 'SELECT id FROM first_admin')) !== undefined;
}

/** Returns false if the row exists. */
async function mark(trx: Knex.Transaction): Promise<boolean> {
  const { affectedRows } = await execute(trx, 'INSERT INTO first_admin (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id');
  return affectedRows === 1;
}

/** The last admin cannot be demoted, disabled or erased, so a database that had one has one. */
async function hasAdmin(trx: Knex.Transaction): Promise<boolean> {
  return (
    (await queryFirst(trx, "SELECT id FROM users WHERE roles IN ('buyer,admin', 'buyer,staff,admin') LIMIT 1")) !== undefined
  );
}
