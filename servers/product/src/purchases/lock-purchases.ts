import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import type { PurchaseStatus, RefundState } from './purchase.ts';

export type LockedPurchase = {
  id: string;
  userId: string;
  status: PurchaseStatus;
  refund: RefundState;
  trackingCode: string | null;
  version: number;
};

/** Locks the purchases that exist among these, in id order; always before their products. */
export async function lockPurchases(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, LockedPurchase>> {
  const unique = [...new Set(ids)];
  const [rows] = (await trx.raw(
    `SELECT id, user_id, status, refund, tracking_code, version FROM purchases
     WHERE id IN (${unique.map(() => '?').join(', ')}) ORDER BY id FOR UPDATE`,
    unique.map(idBytes),
  )) as [LockedRow[]];
  return new Map(rows.map((row) => [idText(row.id), lockedPurchase(row)]));
}

type LockedRow = {
  id: Buffer;
  user_id: Buffer;
  status: PurchaseStatus;
  refund: RefundState;
  tracking_code: string | null;
  version: number;
};

function lockedPurchase({ id, user_id, status, refund, tracking_code, version }: LockedRow): LockedPurchase {
  return { id: idText(id), userId: idText(user_id), status, refund, trackingCode: tracking_code, version };
}
