import { newId } from '@florin/runtime';
import type { Knex } from 'knex';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { registered } from './make-events.ts';

/** A new user with 1000 in a wallet that lets 800 go at once. */
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
