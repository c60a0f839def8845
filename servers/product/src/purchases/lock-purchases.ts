import { pickFields, query, type RowOf, readRow, type StoredRowOf, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { purchasesTable } from './purchase.ts';

const lockedTable = pickFields(purchasesTable, [
  'id',
  'userId',
  'status',
  'refund',
  'trackingCode',
  'couponCode',
  'totalMinor',
  'currency',
  'refundedMinor',
  'refundedSequence',
  'version',
  'createdAt',
  'updatedAt',
]);

/** `createdAt`: time of the request. `updatedAt`: time of the last change; requests and answers about partial refunds count. */
export type LockedPurchase = RowOf<typeof lockedTable>;

export type LockedPurchases = {
  /** By id. */
  purchases: ReadonlyMap<string, LockedPurchase>;
  /** The database's time, read with the locks; this process's time if no purchase was found. */
  lockedAt: Date;
};

type LockedRow = StoredRowOf<typeof lockedTable> & { read_at: Date };

/** Locks those of the purchases that exist, in id order. Purchases are locked before claims, refunds and products. */
export async function lockPurchases(trx: Knex.Transaction, ids: readonly string[]): Promise<LockedPurchases> {
  const rows = await query<LockedRow>(
    trx,
    `SELECT ${lockedTable.list}, NOW(3) AS read_at FROM purchases WHERE id IN (?) ORDER BY id FOR UPDATE`,
    [Array.from(new Set(ids), sqlId)],
  );
  const purchases = new Map<string, LockedPurchase>();
  for (const row of rows) {
    const purchase = readRow(lockedTable, row);
    purchases.set(purchase.id, purchase);
  }
  return { purchases, lockedAt: rows[0]?.read_at ?? new Date() };
}
