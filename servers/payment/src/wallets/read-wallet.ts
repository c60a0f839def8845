import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import type { ReadWallet } from './present-wallet.ts';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

type WalletOf = { userId: string; currency: string };

/** @throws AppError WALLET_NOT_FOUND */
export async function readWallet(db: Knex, of: WalletOf): Promise<Wallet> {
  return (await readWalletNow(db, of)).wallet;
}

/** Reads a wallet with the time of the read. @throws AppError WALLET_NOT_FOUND */
export async function readWalletNow(db: Knex, { userId, currency }: WalletOf): Promise<ReadWallet> {
  const row = await queryFirst<WalletRow & { read_at: Date }>(
    db,
    'SELECT wallets.*, NOW(3) AS read_at FROM wallets WHERE user_id = ? AND currency = ?',
    [idBytes(userId), currency],
  );
  if (row === undefined) throw walletNotFound(currency);
  return { wallet: walletOf(row), readAt: row.read_at };
}
