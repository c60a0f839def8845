import type { Event } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { rememberErased } from './erased-users.ts';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';

/** Freezes all wallets of erased users for good. They still accept refunds, settled top-ups, captures and adjustments. */
export async function freezeWallets(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  const userIds = events.map(({ data }) => data.userId);
  const { wallets: locked } = await lockWallets(trx, { userIds });
  await rememberErased(trx, userIds);
  const frozen = [...locked].map(
    ([userId, wallets]) =>
      [
        userId,
        wallets.map((wallet) => (wallet.status === 'frozen' ? wallet : { ...wallet, status: 'frozen' as const })),
      ] as const,
  );
  const changes = await saveWallets(trx, new Map(frozen), { locked });
  await appendEvents(trx, changes);
}
