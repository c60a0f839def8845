import { idBytes, idText, query, queryFirst } from '@florin/database';
import type { Knex } from 'knex';

export type TracedPayment = {
  id: string;
  userId: string;
  status: string;
  amountMinor: number;
  currency: string;
  declineReason: string | null;
  decidedAt: string;
  entries: {
    at: string;
    transferId: string;
    kind: string;
    account: string;
    amountMinor: number;
    sequence: number | null;
    balanceAfterMinor: number | null;
  }[];
};

type PaymentRow = {
  id: Buffer;
  user_id: Buffer;
  status: string;
  amount_minor: number;
  currency: string;
  decline_reason: string | null;
  created_at: Date;
};
type EntryRow = {
  created_at: Date;
  transfer_id: Buffer;
  kind: string;
  account: string;
  amount_minor: number;
  sequence: number | null;
  balance_after_minor: number | null;
};

const MAX_ENTRIES = 100;

/** Reads payment's decision about a purchase and the ledger entries of its transfers; undefined before the decision. */
export async function readPayment(db: Knex, purchaseId: string): Promise<TracedPayment | undefined> {
  const row = await queryFirst<PaymentRow>(
    db,
    'SELECT id, user_id, status, amount_minor, currency, decline_reason, created_at FROM payments WHERE purchase_id = ?',
    [idBytes(purchaseId)],
  );
  if (row === undefined) return undefined;
  const entries = await query<EntryRow>(
    db,
    `SELECT e.created_at, e.transfer_id, t.type AS kind, e.account, e.amount_minor, e.sequence, e.balance_after_minor
      FROM transfers t JOIN ledger_entries e ON e.transfer_id = t.id WHERE t.purchase_id = ? ORDER BY t.id, e.line LIMIT ?`,
    [idBytes(purchaseId), MAX_ENTRIES],
  );
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    status: row.status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    declineReason: row.decline_reason,
    decidedAt: row.created_at.toISOString(),
    entries: entries.map((entry) => ({
      at: entry.created_at.toISOString(),
      transferId: idText(entry.transfer_id),
      kind: entry.kind,
      account: entry.account,
      amountMinor: entry.amount_minor,
      sequence: entry.sequence,
      balanceAfterMinor: entry.balance_after_minor,
    })),
  };
}
