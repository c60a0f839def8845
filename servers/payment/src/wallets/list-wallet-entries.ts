import { idBytes } from '@florin/database';
import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import type { TransferType } from '../ledger/index.ts';
import { type EntryAt, entryAt } from './entry-at.ts';
import type { Wallet } from './wallet.ts';
import { type EntryRow, entriesOfWallet, entryOf, type WalletEntry } from './wallet-entry.ts';

export type WalletEntryFilter = { from?: Date; to?: Date; type?: TransferType };

/**
 * Lists a wallet's entries, newest first, by the wallet's sequence. Times become ranges of the sequence, so that every page is a
 * range of an index.
 *
 * @returns `isFinal`: with a time, whether the entries up to it never change; see `entryAt`
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

function lastBefore(db: Knex, wallet: Wallet, time: Date): Promise<EntryAt> {
  return entryAt(db, wallet, new Date(time.getTime() - 1));
}

const newestFirst: Keyset<EntryRow> = {
  name: 'newest',
  columns: [{ column: 'e.sequence', direction: 'desc', toSql: integerValue }],
  keyOf: ({ sequence }) => [sequence],
};
