import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import type { PurchaseStatus, RefundState } from './purchase.ts';

export type LockedPurchase = {
  id: string;
  userId: string;
  status: PurchaseStatus;
  refund: RefundState;
  version: number;
};

/** Locks the purchases that exist among these, in id order; always before their products. */
export async function lockPurchases(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, LockedPurchase>> {
  const unique = [...new Set(ids)];
  const [rows] = (await trx.raw(
    `SELECT id, user_id, status, refund, version FROM purchases WHERE id IN (${unique.map(() => '?').join(', ')}) ORDER BY id FOR UPDATE`,
    unique.map(idBytes),
  )) as [{ id: Buffer; user_id: Buffer; status: PurchaseStatus; refund: RefundState; version: number }[]];
  return new Map(
    rows.map(({ id, user_id, status, refund, version }) => [
      idText(id),
      { id: idText(id), userId: idText(user_id), status, refund, version },
    ]),
  );
}
