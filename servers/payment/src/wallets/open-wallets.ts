import { column, defineTable, idBytes, idText, insertRows, newId } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { postTransfers, type Transfer } from '../ledger/index.ts';
import { buildTransfer } from './build-transfer.ts';
import { findErased } from './erased-users.ts';
import { type Wallet, walletState } from './wallet.ts';

export type WalletTerms = { currency: string; openingCreditMinor: number; spendLimitMinor: number };

/** Opens a wallet with the opening credit for each user who has none in the currency and is not erased. */
export async function openWallets(
  trx: Knex.Transaction,
  events: readonly Event<'user-registered'>[],
  terms: WalletTerms,
): Promise<void> {
  const registered = [...new Set(events.map(({ data }) => data.userId))];
  const erased = await findErased(trx, registered);
  const userIds = await withoutWallet(
    trx,
    registered.filter((userId) => !erased.has(userId)),
    terms.currency,
  );
  const opened = await insertWallets(
    trx,
    userIds.map((userId) => openWallet(userId, terms)),
  );
  await postTransfers(
    trx,
    opened.flatMap(({ credit }) => (credit === undefined ? [] : [credit])),
  );
  await appendEvents(
    trx,
    opened.map(({ wallet }) =>
      makeEvent('wallet-opened', {
        sequence: wallet.version,
        data: walletState(wallet),
      }),
    ),
  );
}

type OpenedWallet = { wallet: Wallet; credit?: Transfer };

function openWallet(userId: string, { currency, openingCreditMinor, spendLimitMinor }: WalletTerms): OpenedWallet {
  const empty: Wallet = {
    id: newId(),
    userId,
    currency,
    balanceMinor: 0,
    heldMinor: 0,
    creditLimitMinor: 0,
    spendLimitMinor,
    dailyLimitMinor: null,
    spentOn: null,
    spentMinor: 0,
    spentFrom: null,
    status: 'active',
    version: 1,
    entrySequence: 0,
  };
  if (openingCreditMinor === 0) return { wallet: empty };
  const { wallet, transfer } = buildTransfer(empty, {
    type: 'opening-credit',
    against: 'opening-credit',
    amountMinor: openingCreditMinor,
  });
  return { wallet, credit: transfer };
}

async function withoutWallet(trx: Knex.Transaction, userIds: readonly string[], currency: string): Promise<string[]> {
  const have: Buffer[] = await trx('wallets').whereIn('user_id', userIds.map(idBytes)).where({ currency }).pluck('user_id');
  const owners = new Set(have.map(idText));
  return userIds.filter((userId) => !owners.has(userId));
}

/**
 * Inserts wallets and returns those that were inserted. If a concurrent transaction opens the same user's wallet, the insert waits
 * and changes nothing: the wallets are read back by id.
 */
async function insertWallets(trx: Knex.Transaction, opened: readonly OpenedWallet[]): Promise<OpenedWallet[]> {
  if (opened.length === 0) return [];
  // In key order, so that two inserts do not deadlock.
  const wallets = opened.map(({ wallet }) => wallet).sort((a, b) => (a.userId < b.userId ? -1 : 1));
  await insertRows(trx, walletsTable, wallets, { onDuplicateKey: 'id = id' });
  const inserted: Buffer[] = await trx('wallets')
    .whereIn(
      'id',
      wallets.map(({ id }) => idBytes(id)),
    )
    .pluck('id');
  const won = new Set(inserted.map(idText));
  return opened.filter(({ wallet }) => won.has(wallet.id));
}

/** What a new wallet has of the table: the other fields have defaults. */
export const walletsTable = defineTable('wallets', {
  id: column.id(),
  userId: column.id(),
  currency: column.text('char(3)'),
  balanceMinor: column.money(),
  spendLimitMinor: column.money(),
  status: column.text('varchar(16)'),
  version: column.integer('bigint'),
  entrySequence: column.integer('bigint'),
  heldMinor: column.money().byDatabase(),
  creditLimitMinor: column.money().byDatabase(),
  dailyLimitMinor: column.money().orNull().byDatabase(),
  spentOn: column.text('date').orNull().byDatabase(),
  spentMinor: column.money().byDatabase(),
  spentFrom: column.integer('bigint').orNull().byDatabase(),
  createdAt: column.time().byDatabase(),
  updatedAt: column.time().byDatabase(),
});
