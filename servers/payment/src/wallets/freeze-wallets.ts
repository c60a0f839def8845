import type { Event } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { rememberErased } from './erased-users.ts';
import { lockWallets } from './lock-wallets.ts';
import { saveWallets } from './save-wallets.ts';

/**
 * Freezes all wallets of users who were erased, for good: they pay no more, and still take refunds, settled top-ups, captures and
 * adjustments. The ledger stays as it is.
 */
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
