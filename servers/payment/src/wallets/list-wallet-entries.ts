import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { TransferType } from '../ledger/transfer.ts';
import { type EntryAt, entryAt } from './entry-at.ts';
import type { Wallet } from './wallet.ts';
import { type EntryRow, entriesOfWallet, entryOf, type WalletEntry } from './wallet-entry.ts';

export type WalletEntryFilter = { from?: Date; to?: Date; type?: TransferType };

/**
 * The wallet's statement, newest first. Its order is the wallet's own sequence, taken under its lock, and no clock's; times become
 * ranges of it, and each page is a range of an index, whatever is asked for.
 *
 * @returns `isFinal`: where a time is asked for, whether the wallet's entries up to it stay the same, see `entryAt`
 */
export async function listWalletEntries(
  db: Knex,
  wallet: Wallet,
  { from, to, type, ...request }: WalletEntryFilter & PageRequest,
): Promise<Page<WalletEntry> & { isFinal?: boolean }> {
  const query = entriesOfWallet(db, idBytes(wallet.id));
  const first = from && (await lastBefore(db, wallet, from));
  const last = to && (await lastBefore(db, wallet, to));
  if (first !== undefined) query.where('e.sequence', '>', first.sequence);
  if (last !== undefined) query.where('e.sequence', '<=', last.sequence);
  if (type !== undefined) query.where('e.type', type);
  const page = await keysetPage<EntryRow>(query, newestFirst, request);
  const edge = last ?? first;
  return { ...page, rows: page.rows.map(entryOf), ...(edge && { isFinal: edge.isFinal }) };
}

/** Times have milliseconds, in the database too. */
function lastBefore(db: Knex, wallet: Wallet, time: Date): Promise<EntryAt> {
  return entryAt(db, wallet, new Date(time.getTime() - 1));
}

const newestFirst: Keyset<EntryRow> = {
  name: 'newest',
  columns: [{ column: 'e.sequence', direction: 'desc', toSql: integerValue }],
  keyOf: ({ sequence }) => [sequence],
};
