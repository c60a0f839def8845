import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';
import type { Wallet } from './wallet.ts';
import { walletNotFound } from './wallet-not-found.ts';

export type WalletOf = { userId: string; currency: string };

export type LockedWallet = {
  wallet: Wallet;
  /** The database's time, read with the lock. */
  lockedAt: Date;
  /** Writes what became of it and tells of it. Call it last in the transaction: outbox rows are the last that it locks. */
  save(now: Wallet): Promise<void>;
};

/**
 * A user's wallet of a currency, locked until the end of the transaction.
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
