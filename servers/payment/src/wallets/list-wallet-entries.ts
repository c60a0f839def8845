import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Transfer } from '../ledger/move-money.ts';

export type WalletEntry = {
  id: string;
  sequence: number;
  transferId: string;
  type: Transfer['type'];
  /** Signed: negative is what the wallet paid. */
  amountMinor: number;
  balanceAfterMinor: number;
  purchaseId?: string;
  createdAt: Date;
};

export type WalletEntryFilter = { from?: Date; to?: Date; type?: Transfer['type'] };

/** The wallet's statement, newest first. Its order is the wallet's own sequence, taken under its lock, and no clock's. */
export async function listWalletEntries(
  db: Knex,
  { walletId, from, to, type }: WalletEntryFilter & { walletId: string },
  request: PageRequest,
): Promise<Page<WalletEntry>> {
  const query = db('ledger_entries AS e')
    .join('transfers AS t', 't.id', 'e.transfer_id')
    .where('e.wallet_id', idBytes(walletId))
    .select('e.transfer_id', 'e.line', 'e.sequence', 'e.amount_minor', 'e.balance_after_minor', 'e.created_at')
    .select('t.type', 't.purchase_id');
  if (from !== undefined) query.where('e.created_at', '>=', from);
  if (to !== undefined) query.where('e.created_at', '<', to);
  if (type !== undefined) query.where('t.type', type);
  const page = await keysetPage(query, newestFirst, request);
  return { ...page, rows: page.rows.map(entryOf) };
}

type EntryRow = {
  transfer_id: Buffer;
  line: number;
  sequence: number;
  amount_minor: number;
  balance_after_minor: number;
  created_at: Date;
  type: Transfer['type'];
  purchase_id: Buffer | null;
};

const newestFirst: Keyset<EntryRow> = {
  name: 'newest',
  columns: [{ column: 'e.sequence', direction: 'desc', toSql: integerValue }],
  keyOf: ({ sequence }) => [sequence],
};

function entryOf(row: EntryRow): WalletEntry {
  const transferId = idText(row.transfer_id);
  return {
    id: `${transferId}-${row.line}`,
    sequence: row.sequence,
    transferId,
    type: row.type,
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    ...(row.purchase_id && { purchaseId: idText(row.purchase_id) }),
    createdAt: row.created_at,
  };
}
