import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

type WalletOf = { userId: string; currency: string };

/** @throws AppError WALLET_NOT_FOUND */
export async function readWallet(db: Knex, { userId, currency }: WalletOf): Promise<Wallet> {
  const row = (await db('wallets')
    .where({ user_id: idBytes(userId), currency })
    .first()) as WalletRow | undefined;
  if (row === undefined) throw walletNotFound(currency);
  return walletOf(row);
}
