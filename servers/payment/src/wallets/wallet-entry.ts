import { idText } from '@florin/database';
import type { Knex } from 'knex';
import type { TransferType } from '../ledger/index.ts';

export type WalletEntry = {
  id: string;
  sequence: number;
  transferId: string;
  type: TransferType;
  /** Signed: negative debits the wallet. */
  amountMinor: number;
  balanceAfterMinor: number;
  purchaseId?: string;
  /** The cause of the transfer. */
  source: EntrySource;
  /** Reason of an adjustment. Missing if the user was erased. */
  reason?: string;
  createdAt: Date;
};

export type EntrySource = { type: 'purchase' | 'hold' | 'top-up' | 'adjustment' | 'opening-credit' | 'refund'; id: string };

export type EntryRow = {
  transfer_id: Buffer;
  line: number;
  sequence: number;
  amount_minor: number;
  balance_after_minor: number;
  created_at: Date;
  type: TransferType;
  purchase_id: Buffer | null;
  /** The purchase of a partial refund. */
  refunded_purchase_id: Buffer | null;
  source_id: Buffer | null;
  reason: string | null;
};

const columns: readonly string[] = [
  'e.transfer_id',
  'e.line',
  'e.sequence',
  'e.amount_minor',
  'e.balance_after_minor',
  'e.created_at',
  't.type',
  't.purchase_id',
  't.source_id',
  'p.text AS reason',
  'r.purchase_id AS refunded_purchase_id',
];

/** Selects the entries `e` of a wallet with their transfers, the reasons of adjustments and the purchases of partial refunds. */
export function entriesOfWallet(db: Knex, walletId: Buffer): Knex.QueryBuilder {
  return db('ledger_entries AS e')
    .join('transfers AS t', 't.id', 'e.transfer_id')
    .leftJoin('personal_texts AS p', 'p.id', 't.source_id')
    .leftJoin('refunds AS r', 'r.id', 't.source_id')
    .where('e.wallet_id', walletId)
    .select(columns);
}

export function entryOf(row: EntryRow): WalletEntry {
  const transferId = idText(row.transfer_id);
  const purchaseId = row.purchase_id ?? row.refunded_purchase_id;
  return {
    id: `${transferId}-${row.line}`,
    sequence: row.sequence,
    transferId,
    type: row.type,
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    ...(purchaseId && { purchaseId: idText(purchaseId) }),
    source: sourceOf(row),
    ...(row.reason !== null && { reason: row.reason }),
    createdAt: row.created_at,
  };
}

const sourceTypes: Readonly<Record<TransferType, EntrySource['type']>> = {
  'opening-credit': 'opening-credit',
  purchase: 'purchase',
  refund: 'purchase',
  'top-up': 'top-up',
  adjustment: 'adjustment',
  capture: 'hold',
  'partial-refund': 'refund',
};

/** The opening credit has no row of its own: its source is the transfer. */
function sourceOf({ type, purchase_id, source_id, transfer_id }: EntryRow): EntrySource {
  return { type: sourceTypes[type], id: idText(purchase_id ?? source_id ?? transfer_id) };
}
