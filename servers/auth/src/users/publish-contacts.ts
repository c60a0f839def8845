import { execute, pickFields, query, readRow, type StoredRowOf, type Transact } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents, countOutbox } from '@florin/messaging';
import type { Knex } from 'knex';
import { usersTable } from '../sessions/index.ts';

const contactTable = pickFields(usersTable, ['id', 'email', 'name', 'version']);

/** Maximum number of users that one transaction locks. Their sign-ins wait until it commits. */
const BATCH_SIZE = 100;
/** With this many events waiting, contacts wait: revocations go first. */
const MAX_WAITING = 1_000;

/**
 * Publishes contacts as `publishContacts` does, unless many events wait in the outbox.
 *
 * @returns whether there may be more to publish now
 */
export async function publishIfFewWait({ db, transact }: { db: Knex; transact: Transact }): Promise<boolean> {
  return (await countOutbox(db, MAX_WAITING)) < MAX_WAITING && transact(publishContacts);
}

/**
 * Publishes the e-mail address and the name of users whose published ones may be older: new and renamed users, and those that the
 * release before has changed. Several instances may run it at once: SKIP LOCKED skips users that another transaction has locked.
 *
 * @returns whether there may be more
 */
export async function publishContacts(trx: Knex.Transaction): Promise<boolean> {
  const rows = await query<StoredRowOf<typeof contactTable>>(
    trx,
    `SELECT ${contactTable.list} FROM users FORCE INDEX (users_contact_stale)
      WHERE is_contact_stale = 1 ORDER BY id LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`,
  );
  if (rows.length === 0) return false;
  // The assignments take effect from left to right.
  await execute(
    trx,
    `UPDATE users FORCE INDEX (PRIMARY)
        SET contact_version = version + 1, version = version + 1, updated_at = updated_at WHERE id IN (?)`,
    [rows.map(({ id }) => id)],
  );
  await appendEvents(
    trx,
    rows.map((row) => {
      const { id: userId, email, name, version } = readRow(contactTable, row);
      return makeEvent('contact-changed', { sequence: version + 1, data: { userId, email, name } });
    }),
  );
  return rows.length === BATCH_SIZE;
}
