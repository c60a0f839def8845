import { execute, idBytes } from '@florin/database';
import type { Knex } from 'knex';

type Copy = { userId: string; currency: string; version: number };

/** Deletes the copies of wallets that no longer exist, unless a copy got a new version since it was read. */
export async function deleteLimits(trx: Knex.Transaction, copies: readonly Copy[]): Promise<number> {
  if (copies.length === 0) return 0;
  // MariaDB scans, and locks, the whole table for `(user_id, currency, version) IN (...)`.
  const isCopy = copies.map(() => '(user_id = ? AND currency = ? AND version = ?)').join(' OR ');
  const { affectedRows } = await execute(
    trx,
    `DELETE FROM buyer_limits WHERE ${isCopy}`,
    copies.flatMap(({ userId, currency, version }) => [idBytes(userId), currency, version]),
  );
  return affectedRows;
}
