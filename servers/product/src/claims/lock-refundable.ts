import { AppError, requestErrors } from '@florin/app-response';
import { pickFields, query, type RowOf, readRow, type StoredRowOf, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { purchasesTable } from '../purchases/index.ts';

const refundableTable = pickFields(purchasesTable, [
  'id',
  'userId',
  'status',
  'totalMinor',
  'currency',
  'refundedMinor',
  'refundedSequence',
  'version',
]);

export type RefundablePurchase = RowOf<typeof refundableTable>;

export type Refundables = {
  /** By id. */
  purchases: Map<string, RefundablePurchase>;
  /** The database's time, read with the locks; this process's time if no purchase was found. */
  lockedAt: Date;
};

/** Locks those of the purchases that exist, in id order. Purchases are locked before claims, refunds and products. */
export async function lockRefundables(trx: Knex.Transaction, ids: readonly string[]): Promise<Refundables> {
  const rows = await query<StoredRowOf<typeof refundableTable> & { read_at: Date }>(
    trx,
    `SELECT ${refundableTable.list}, NOW(3) AS read_at FROM purchases WHERE id IN (?) ORDER BY id FOR UPDATE`,
    [Array.from(new Set(ids), sqlId)],
  );
  const purchases = rows.map((row) => readRow(refundableTable, row));
  return { purchases: new Map(purchases.map((purchase) => [purchase.id, purchase])), lockedAt: rows[0]?.read_at ?? new Date() };
}

/** @throws AppError NOT_FOUND */
export async function lockRefundable(
  trx: Knex.Transaction,
  purchaseId: string,
): Promise<{ purchase: RefundablePurchase; lockedAt: Date }> {
  const { purchases, lockedAt } = await lockRefundables(trx, [purchaseId]);
  const purchase = purchases.get(purchaseId);
  if (purchase === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${purchaseId}.` });
  return { purchase, lockedAt };
}
