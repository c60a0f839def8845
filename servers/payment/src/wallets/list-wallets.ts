import { idBytes } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ReadWallet } from './present-wallet.ts';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';

export type WalletFilter = { userId?: string; currency?: string; status?: Wallet['status'] };

/** Lists wallets, newest first. */
export async function listWallets(
  db: Knex,
  { userId, currency, status, ...request }: WalletFilter & PageRequest,
): Promise<Page<ReadWallet>> {
  const query = db('wallets').select('wallets.*', db.raw('NOW(3) AS read_at'));
  if (userId !== undefined) query.where('user_id', idBytes(userId));
  if (currency !== undefined) query.where({ currency });
  if (status !== undefined) query.where({ status });
  const page = await keysetPage<ListedRow>(query, newestById, request);
  return { ...page, rows: page.rows.map((row) => ({ wallet: walletOf(row), readAt: row.read_at })) };
}

type ListedRow = WalletRow & { read_at: Date };
