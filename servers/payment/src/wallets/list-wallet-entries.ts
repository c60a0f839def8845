import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { TransferType } from '../ledger/move-money.ts';
import { entryAt } from './entry-at.ts';
import type { Wallet } from './wallet.ts';
import { type EntryRow, entriesOfWallet, entryOf, type WalletEntry } from './wallet-entry.ts';

export type WalletEntryFilter = { from?: Date; to?: Date; type?: TransferType };

/**
 * The wallet's statement, newest first. Its order is the wallet's own sequence, taken under its lock, and no clock's; times become
 * ranges of it, and each page is a range of an index, whatever is asked for.
 */
export async function listWalletEntries(
  db: Knex,
  wallet: Wallet,
  { from, to, type, ...request }: WalletEntryFilter & PageRequest,
): Promise<Page<WalletEntry>> {
  const query = entriesOfWallet(db, idBytes(wallet.id));
  if (from !== undefined) query.where('e.sequence', '>', await lastBefore(db, wallet, from));
  if (to !== undefined) query.where('e.sequence', '<=', await lastBefore(db, wallet, to));
  if (type !== undefined) query.where('e.type', type);
  const page = await keysetPage<EntryRow>(query, newestFirst, request);
  return { ...page, rows: page.rows.map(entryOf) };
}

/** Times have milliseconds, in the database too. */
async function lastBefore(db: Knex, wallet: Wallet, time: Date): Promise<number> {
  return (await entryAt(db, wallet, new Date(time.getTime() - 1))).sequence;
}

const newestFirst: Keyset<EntryRow> = {
  name: 'newest',
  columns: [{ column: 'e.sequence', direction: 'desc', toSql: integerValue }],
  keyOf: ({ sequence }) => [sequence],
};
