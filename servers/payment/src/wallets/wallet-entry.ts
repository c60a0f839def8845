import { idText } from '@florin/runtime';
import type { TransferType } from '../ledger/move-money.ts';

export type WalletEntry = {
  id: string;
  sequence: number;
  transferId: string;
  type: TransferType;
  /** Signed: negative is what the wallet paid. */
  amountMinor: number;
  balanceAfterMinor: number;
  purchaseId?: string;
  createdAt: Date;
};

export type EntryRow = {
  transfer_id: Buffer;
  line: number;
  sequence: number;
  amount_minor: number;
  balance_after_minor: number;
  created_at: Date;
  type: TransferType;
  purchase_id: Buffer | null;
};

/** Of `ledger_entries AS e` and their `transfers AS t`. */
export const entryColumns: readonly string[] = [
  'e.transfer_id',
  'e.line',
  'e.sequence',
  'e.amount_minor',
  'e.balance_after_minor',
  'e.created_at',
  't.type',
  't.purchase_id',
];

export function entryOf(row: EntryRow): WalletEntry {
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
