import { AppError } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';

/** @throws AppError WALLET_NOT_READY until the user has a wallet of the currency: it is opened by event, shortly after sign-up */
export async function readWallet(db: Knex, { userId, currency }: { userId: string; currency: string }): Promise<Wallet> {
  const row = (await db('wallets')
    .where({ user_id: idBytes(userId), currency })
    .first()) as WalletRow | undefined;
  if (row === undefined) {
    throw new AppError(walletErrors.WALLET_NOT_READY, {
      detail: `There is no ${currency} wallet yet.`,
      headers: { 'Retry-After': '1' },
    });
  }
  return walletOf(row);
}
