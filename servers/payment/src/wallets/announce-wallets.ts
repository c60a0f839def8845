import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';

type Announced = {
  userId: string;
  currency: string;
  /** The newest version that a copy of the wallet claims to be of; 0 where there is no copy. */
  copiedVersion: number;
};

/**
 * Tells of wallets anew, as they are, for services whose copies of them are missing or wrong. A copy takes newer versions only,
 * and after this database was restored copies may be ahead of it: so each wallet goes on past the version that its copy has.
 *
 * @returns how many were told of
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
