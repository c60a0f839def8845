import { newId } from '@florin/database';
import type { Knex } from 'knex';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { registered } from './make-events.ts';

/** Opens a wallet of 1000 with a spend limit of 800 for a new user. */
export async function openWalletOf(
  db: Knex,
  terms: { currency?: string; openingCreditMinor?: number } = {},
): Promise<{ id: string }> {
  const id = newId();
  await db.transaction((trx) =>
    openWallets(trx, [registered(id)], { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800, ...terms }),
  );
  return { id };
}
