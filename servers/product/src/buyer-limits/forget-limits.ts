import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

type Copy = { userId: string; currency: string; version: number };

/** Removes copies of wallets that are not there any more, unless they have been written anew since they were looked at. */
export async function forgetLimits(trx: Knex.Transaction, copies: readonly Copy[]): Promise<number> {
  if (copies.length === 0) return 0;
  const [{ affectedRows }] = (await trx.raw(
    `DELETE FROM buyer_limits WHERE ${copies.map(() => '(user_id = ? AND currency = ? AND version = ?)').join(' OR ')}`,
    copies.flatMap(({ userId, currency, version }) => [idBytes(userId), currency, version]),
  )) as [{ affectedRows: number }];
  return affectedRows;
}
