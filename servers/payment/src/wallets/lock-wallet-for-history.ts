import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

export type WalletForHistory = { wallet: Wallet; openedAt: Date; now: Date };

/**
 * The wallet once nobody is posting to it. An entry is booked at the time of its insert and seen only after its commit; but whoever
 * posts holds the wallet's row from before the one until after the other. So whatever was booked before `now` is committed when this
 * returns, and whatever comes later is booked later: what is then read of the time before `now` is final.
 *
 * @returns `now`: the database's clock, which books the entries
 * @throws AppError WALLET_NOT_FOUND
 */
export async function lockWalletForHistory(
  db: Knex,
  { userId, currency }: { userId: string; currency: string },
): Promise<WalletForHistory> {
  // Outside a transaction: the lock is let go with the statement.
  const [[row]] = (await db.raw(
    'SELECT w.*, NOW(3) AS read_at FROM wallets w WHERE user_id = ? AND currency = ? LOCK IN SHARE MODE',
    [idBytes(userId), currency],
  )) as [[(WalletRow & { created_at: Date; read_at: Date })?]];
  if (row === undefined) throw walletNotFound(currency);
  return { wallet: walletOf(row), openedAt: row.created_at, now: row.read_at };
}
