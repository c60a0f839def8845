import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';

type WalletOf = { userId: string; currency: string };

/** @throws AppError WALLET_NOT_READY until the user has a wallet of the currency: it is opened by event, shortly after sign-up */
export async function readWallet(db: Knex, of: WalletOf): Promise<Wallet> {
  const wallet = await findWallet(db, of);
  if (wallet === undefined) throw walletNotReady(of.currency);
  return wallet;
}

/** Another's wallet. @throws AppError NOT_FOUND where the user has none */
export async function readWalletOf(db: Knex, of: WalletOf): Promise<Wallet> {
  const wallet = await findWallet(db, of);
  if (wallet === undefined)
    throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no ${of.currency} wallet of this user.` });
  return wallet;
}

export function walletNotReady(currency: string): AppError {
  return new AppError(walletErrors.WALLET_NOT_READY, {
    detail: `There is no ${currency} wallet yet.`,
    headers: { 'Retry-After': '1' },
  });
}

async function findWallet(db: Knex, { userId, currency }: WalletOf): Promise<Wallet | undefined> {
  const row = (await db('wallets')
    .where({ user_id: idBytes(userId), currency })
    .first()) as WalletRow | undefined;
  return row && walletOf(row);
}
