import { idText } from '@florin/database';
import type { ClaimStatus, StoredClaims } from './claim-history.ts';
import type { Checker } from './open-checker.ts';

/** Reads claims, partial refunds and what payment's ledger moved for them. */
export async function readClaims(checker: Checker): Promise<StoredClaims> {
  const claims = await checker.rows<ClaimRow>(
    `SELECT c.id, c.idempotency_key, c.purchase_id, c.status, c.refund_minor, c.restock, SUM(i.quantity) AS units
       FROM {product}.claims c JOIN {product}.claim_items i ON i.claim_id = c.id GROUP BY c.id`,
  );
  const refunds = await checker.rows<{ id: Buffer; idempotency_key: Buffer; purchase_id: Buffer; amount_minor: number }>(
    'SELECT id, idempotency_key, purchase_id, amount_minor FROM {product}.refunds WHERE idempotency_key IS NOT NULL',
  );
  // Purchases that were not cancelled: their partial refunds are all refunds.
  const purchases = await checker.rows<MoneyRow>(
    `SELECT p.id, p.total_minor, p.refunded_minor,
            COALESCE((SELECT SUM(r.amount_minor) FROM {product}.refunds r WHERE r.purchase_id = p.id AND r.status = 'done'), 0) AS done_minor,
            COALESCE((SELECT SUM(e.amount_minor) FROM {payment}.refunds f
                        JOIN {payment}.ledger_entries e ON e.transfer_id = f.transfer_id AND e.account = 'sales'
                       WHERE f.purchase_id = p.id), 0) AS sales_minor
       FROM {product}.purchases p WHERE p.status IN ('paid', 'shipped', 'delivered')`,
  );
  const returned = await checker.rows<{ source_id: Buffer; units: string }>(
    `SELECT d.source_id, SUM(m.delta) AS units FROM {product}.stock_movement_details d
       JOIN {product}.stock_movements m ON m.id = d.movement_id WHERE d.source_id IS NOT NULL GROUP BY d.source_id`,
  );
  return {
    claims: claims.map(({ id, idempotency_key, purchase_id, status, refund_minor, restock, units }) => ({
      id: idText(id),
      key: idempotency_key.toString(),
      purchaseId: idText(purchase_id),
      status,
      refundMinor: refund_minor,
      restock: restock === null ? null : restock === 1,
      units: Number(units),
    })),
    refunds: refunds.map(({ id, idempotency_key, purchase_id, amount_minor }) => ({
      id: idText(id),
      key: idempotency_key.toString(),
      purchaseId: idText(purchase_id),
      amountMinor: amount_minor,
    })),
    purchases: purchases.map(({ id, total_minor, refunded_minor, done_minor, sales_minor }) => ({
      id: idText(id),
      chargedMinor: total_minor,
      refundedMinor: refunded_minor,
      doneMinor: Number(done_minor),
      movedMinor: -Number(sales_minor),
    })),
    returned: new Map(returned.map(({ source_id, units }) => [idText(source_id), Number(units)])),
  };
}

type ClaimRow = {
  id: Buffer;
  idempotency_key: Buffer;
  purchase_id: Buffer;
  status: ClaimStatus;
  refund_minor: number | null;
  restock: number | null;
  units: string;
};

type MoneyRow = { id: Buffer; total_minor: number; refunded_minor: number; done_minor: string; sales_minor: string };
