import { execute, idBytes } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { eraseAddresses } from '../delivery/index.ts';

/**
 * Erases the addresses of erased users, and the texts of their delivery reports. Runs after `eraseBuyers`, which remembers the users
 * and locks their purchases: concurrent requests have saved their texts by then, or find the users erased.
 */
export async function eraseDeliveries(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  const userIds = events.map(({ data }) => data.userId);
  await eraseAddresses(trx, userIds);
  await execute(
    trx,
    `UPDATE purchases p STRAIGHT_JOIN delivery_events e ON e.purchase_id = p.id
        SET e.place = NULL, e.note = NULL, e.tracking_code = NULL
      WHERE p.user_id IN (?)`,
    [userIds.map(idBytes)],
  );
}
