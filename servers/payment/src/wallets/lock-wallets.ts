import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';

type Options = { userIds: readonly string[] };

/** All wallets of the users, locked until the end of the transaction; by user id. A user without any is not in the map. */
export async function lockWallets(trx: Knex.Transaction, { userIds }: Options): Promise<Map<string, readonly Wallet[]>> {
  const ids = await walletIdsOf(trx, [...new Set(userIds)]);
  // Everyone locks wallets in the order of their ids, so that two transactions cannot wait for each other in a circle.
  const rows: WalletRow[] = await trx('wallets').whereIn('id', ids).orderBy('id').forUpdate().select();
  const wallets = new Map<string, Wallet[]>();
  for (const wallet of rows.map(walletOf)) wallets.set(wallet.userId, [...(wallets.get(wallet.userId) ?? []), wallet]);
  return wallets;
}

function walletIdsOf(trx: Knex.Transaction, userIds: readonly string[]): Promise<Buffer[]> {
  return trx('wallets').whereIn('user_id', userIds.map(idBytes)).pluck('id');
}
