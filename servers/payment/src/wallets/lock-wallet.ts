import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';
import type { Wallet } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

export type WalletOf = { userId: string; currency: string };

export type LockedWallet = {
  wallet: Wallet;
  /** The database's time of the lock. */
  lockedAt: Date;
  /** Updates the wallet and publishes the change. Call it last: outbox rows are locked last. */
  save(now: Wallet): Promise<void>;
};

/**
 * Locks a user's wallet of a currency until the end of the transaction.
 *
 * @throws AppError WALLET_NOT_FOUND
 */
export async function lockWallet(trx: Knex.Transaction, { userId, currency }: WalletOf): Promise<LockedWallet> {
  const { wallets: locked, lockedAt } = await lockWallets(trx, { userIds: [userId] });
  const wallet = locked.get(userId)?.find((candidate) => candidate.currency === currency);
  if (wallet === undefined) throw walletNotFound(currency);
  return {
    wallet,
    lockedAt,
    async save(now) {
      await appendEvents(trx, await saveWallets(trx, new Map([[userId, [now]]]), { locked }));
    },
  };
}
