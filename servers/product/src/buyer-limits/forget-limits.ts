import { execute, idBytes } from '@florin/database';
import type { Knex } from 'knex';

type Copy = { userId: string; currency: string; version: number };

/** Removes copies of wallets that are not there any more, unless they have been written anew since they were looked at. */
export async function forgetLimits(trx: Knex.Transaction, copies: readonly Copy[]): Promise<number> {
  if (copies.length === 0) return 0;
  // Not as a list of rows: MariaDB looks for those in the whole table, and so locks it.
  const isCopy = copies.map(() => '(user_id = ? AND currency = ? AND version = ?)').join(' OR ');
  const { affectedRows } = await execute(
    trx,
    `DELETE FROM buyer_limits WHERE ${isCopy}`,
    copies.flatMap(({ userId, currency, version }) => [idBytes(userId), currency, version]),
  );
  return affectedRows;
}
