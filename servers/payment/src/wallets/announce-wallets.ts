import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';

type Announced = {
  userId: string;
  currency: string;
  /** The version of the newest copy of the wallet; 0 if there is no copy. */
  copiedVersion: number;
};

/**
 * Publishes wallets again, for services whose copies are missing or wrong. Copies accept newer versions only, and may be newer than
 * a restored database: each wallet's version is raised above that of its copy.
 *
 * @returns how many were published
 */
export async function announceWallets(trx: Knex.Transaction, wanted: readonly Announced[]): Promise<number> {
  const { wallets: locked } = await lockWallets(trx, { userIds: wanted.map(({ userId }) => userId) });
  const copied = new Map(wanted.map(({ userId, currency, copiedVersion }) => [`${userId} ${currency}`, copiedVersion]));
  const now = [...locked].map(
    ([userId, wallets]) =>
      [
        userId,
        wallets.map((wallet) => {
          const copiedVersion = copied.get(`${userId} ${wallet.currency}`);
          return copiedVersion === undefined ? wallet : { ...wallet, version: Math.max(wallet.version, copiedVersion) };
        }),
      ] as const,
  );
  const changes = await saveWallets(trx, new Map(now), { locked });
  await appendEvents(trx, changes);
  return changes.length;
}
