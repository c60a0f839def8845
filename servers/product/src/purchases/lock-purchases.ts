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
  requestedAt: Date;
  /** When the status or the refund changed last. */
  changedAt: Date;
};

export type LockedPurchases = {
  /** By id. */
  purchases: ReadonlyMap<string, LockedPurchase>;
  /** The database's time, read with the lock; this process's own where no purchase was found. */
  lockedAt: Date;
};

/** Locks the purchases that exist among these, in id order; always before their products. */
export async function lockPurchases(trx: Knex.Transaction, ids: readonly string[]): Promise<LockedPurchases> {
  const unique = [...new Set(ids)];
  const [rows] = (await trx.raw(
    `SELECT id, user_id, status, refund, tracking_code, version, created_at, updated_at, NOW(3) AS read_at FROM purchases
     WHERE id IN (${unique.map(() => '?').join(', ')}) ORDER BY id FOR UPDATE`,
    unique.map(idBytes),
  )) as [LockedRow[]];
  const purchases = new Map(rows.map((row) => [idText(row.id), lockedPurchase(row)]));
  return { purchases, lockedAt: rows[0]?.read_at ?? new Date() };
}

type LockedRow = {
  id: Buffer;
  user_id: Buffer;
  status: PurchaseStatus;
  refund: RefundState;
  tracking_code: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  read_at: Date;
};

function lockedPurchase({
  id,
  user_id,
  status,
  refund,
  tracking_code,
  version,
  created_at,
  updated_at,
}: LockedRow): LockedPurchase {
  const times = { requestedAt: created_at, changedAt: updated_at };
  return { id: idText(id), userId: idText(user_id), status, refund, trackingCode: tracking_code, version, ...times };
}
