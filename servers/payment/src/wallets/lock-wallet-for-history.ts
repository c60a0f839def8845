import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

export type WalletForHistory = { wallet: Wallet; openedAt: Date; now: Date };

/**
 * Reads a wallet when no transaction is posting to it. An entry gets the time of its insert and is visible after the commit, and the
 * transaction locks the wallet from before the insert until the commit. So all entries booked before `now` are committed when this
 * returns, and later entries are booked later: history before `now` is final.
 *
 * @returns `now`: the database's time
 * @throws AppError WALLET_NOT_FOUND
 */
export async function lockWalletForHistory(
  db: Knex,
  { userId, currency }: { userId: string; currency: string },
): Promise<WalletForHistory> {
  // Outside a transaction: the lock ends with the statement.
  const row = await queryFirst<WalletRow & { created_at: Date; read_at: Date }>(
    db,
    'SELECT w.*, NOW(3) AS read_at FROM wallets w WHERE user_id = ? AND currency = ? LOCK IN SHARE MODE',
    [idBytes(userId), currency],
  );
  if (row === undefined) throw walletNotFound(currency);
  return { wallet: walletOf(row), openedAt: row.created_at, now: row.read_at };
}
