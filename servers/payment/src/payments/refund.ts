import { column, defineTable, insertRows, query, type RowOf, readRow, type StoredRowOf, sqlId } from '@florin/database';
import type { Knex } from 'knex';

type Decided = { id: string; purchaseId: string; userId: string; amountMinor: number; currency: string };

export type PostedRefund = Decided & { status: 'posted'; transferId: string };
/** `reason`: an open set. */
export type RejectedRefund = Decided & { status: 'rejected'; reason: string };

/** The one decision on a request for a partial refund. */
export type Refund = PostedRefund | RejectedRefund;

export const refundsTable = defineTable('refunds', {
  id: column.id(),
  purchaseId: column.id(),
  userId: column.id(),
  amountMinor: column.money(),
  currency: column.text('char(3)'),
  status: column.text<Refund['status']>('varchar(16)'),
  reason: column.text('varchar(64)').orNull(),
  transferId: column.id().orNull(),
  createdAt: column.time(),
});

/** Reads those of the refunds that exist, by id. They never change, so they need no lock: the wallets' locks serialize the decisions. */
export async function readRefunds(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, Refund>> {
  const rows = await query<StoredRowOf<typeof refundsTable>>(trx, `SELECT ${refundsTable.list} FROM refunds WHERE id IN (?)`, [
    Array.from(new Set(ids), sqlId),
  ]);
  return new Map(rows.map((row) => refundOf(readRow(refundsTable, row))).map((refund) => [refund.id, refund]));
}

/** Inserts refunds. Their transfers must be posted. */
export async function insertRefunds(trx: Knex.Transaction, refunds: readonly Refund[], createdAt: Date): Promise<void> {
  const rows = refunds.map((refund) => ({ reason: null, transferId: null, ...refund, createdAt }));
  await insertRows(trx, refundsTable, rows);
}

/** CHECK constraints tie the nullable columns to the status. */
function refundOf({ reason, transferId, createdAt: _created, ...row }: RowOf<typeof refundsTable>): Refund {
  return { ...row, ...(reason !== null && { reason }), ...(transferId !== null && { transferId }) } as Refund;
}
