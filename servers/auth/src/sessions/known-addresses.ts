import { column, defineTable, execute, idBytes, query } from '@florin/database';
import type { Knex } from 'knex';

/** Days after the last sign-in from an address during which failed attempts elsewhere do not delay a sign-in from it. */
export const KNOWN_ADDRESS_DAYS = 30;

export const knownAddressesTable = defineTable('known_addresses', {
  userId: column.id(),
  address: column.text('varchar(64)'),
  lastSignedInAt: column.time(),
});

/** Beyond it, the address that was used least recently is forgotten. */
const MAX_ADDRESSES_PER_USER = 20;
const PRUNE_BATCH_SIZE = 1_000;
const MAX_BATCHES = 1_000;

/** Remembers that a user, whose row this transaction has inserted or locked, has signed in from an address. */
export async function rememberAddress(trx: Knex.Transaction, userId: string, address: string): Promise<void> {
  const user = idBytes(userId);
  await trx.raw(
    `INSERT INTO known_addresses (user_id, address, last_signed_in_at) VALUES (?, ?, NOW(3))
     ON DUPLICATE KEY UPDATE last_signed_in_at = NOW(3)`,
    [user, address],
  );
  const beyond = await query<{ address: string }>(
    trx,
    'SELECT address FROM known_addresses WHERE user_id = ? ORDER BY last_signed_in_at DESC, address LIMIT ?, ?',
    [user, MAX_ADDRESSES_PER_USER, PRUNE_BATCH_SIZE],
  );
  if (beyond.length === 0) return;
  await execute(trx, 'DELETE FROM known_addresses WHERE user_id = ? AND address IN (?)', [
    user,
    beyond.map((row) => row.address),
  ]);
}

/** Deletes where a locked user was: the addresses, and the devices and addresses of the sessions. */
export async function forgetWhereabouts(trx: Knex.Transaction, userId: string): Promise<void> {
  await trx.raw('DELETE FROM known_addresses WHERE user_id = ?', [idBytes(userId)]);
  await trx.raw('UPDATE sessions SET device = NULL, address = NULL WHERE user_id = ?', [idBytes(userId)]);
}

/** Deletes addresses that no longer count, in short transactions. */
export async function pruneKnownAddresses(db: Knex): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const { affectedRows } = await execute(
      db,
      `DELETE FROM known_addresses WHERE last_signed_in_at < NOW(3) - INTERVAL ${KNOWN_ADDRESS_DAYS} DAY
        ORDER BY last_signed_in_at LIMIT ${PRUNE_BATCH_SIZE}`,
    );
    if (affectedRows < PRUNE_BATCH_SIZE) return;
  }
}
