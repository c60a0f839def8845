import { idText } from '@florin/database';
import type { StoredInventory } from './inventory-history.ts';
import type { Checker } from './open-checker.ts';
import type { Status } from './purchase-history.ts';

/** Reads stock movements, imports and parcels from product's database. */
export async function readInventory(checker: Checker): Promise<StoredInventory> {
  const moves = await checker.rows<{ id: Buffer; idempotency_key: Buffer; product_id: Buffer; delta: number; reason: string }>(
    `SELECT m.id, k.idempotency_key, m.product_id, m.delta, COALESCE(d.reason, m.reason) AS reason
       FROM {product}.stock_movement_keys k JOIN {product}.stock_movements m ON m.id = k.movement_id
       LEFT JOIN {product}.stock_movement_details d ON d.movement_id = m.id`,
  );
  const imports = await checker.rows<ImportRow>(
    `SELECT i.id, i.idempotency_key, i.status, i.rows_done, i.refused,
        (SELECT COUNT(*) FROM {product}.import_rows r WHERE r.import_id = i.id) AS reported
       FROM {product}.imports i`,
  );
  const openings = await checker.rows<{ sku: string; movements: number; units: string }>(
    `SELECT p.sku, COUNT(*) AS movements, SUM(m.delta) AS units FROM {product}.products p
       JOIN {product}.stock_movements m ON m.product_id = p.id AND m.reason = 'opening'
      WHERE p.sku IS NOT NULL GROUP BY p.sku`,
  );
  const purchases = await checker.rows<{ id: Buffer; status: Status }>('SELECT id, status FROM {product}.purchases');
  const returned = await checker.rows<{ purchase_id: Buffer }>(
    "SELECT purchase_id FROM {product}.delivery_events WHERE is_applied = 1 AND status = 'returned'",
  );
  const logged = await checker.rows<{ action: string; subject: string; times: number }>(
    `SELECT action, subject, COUNT(*) AS times FROM {product}.audit_log
      WHERE action IN ('purchase.ship', 'purchase.deliver') GROUP BY action, subject`,
  );
  return {
    moves: moves.map(({ id, idempotency_key, product_id, delta, reason }) => ({
      id: idText(id),
      key: idempotency_key.toString(),
      productId: idText(product_id),
      delta,
      reason,
    })),
    imports: imports.map(({ id, idempotency_key, status, rows_done, refused, reported }) => ({
      id: idText(id),
      key: idempotency_key.toString(),
      status,
      rows: rows_done,
      refused,
      reported,
    })),
    openings: new Map(openings.map(({ sku, movements, units }) => [sku, { movements, units: Number(units) }])),
    statuses: new Map(purchases.map(({ id, status }) => [idText(id), status])),
    returned: new Set(returned.map(({ purchase_id }) => idText(purchase_id))),
    logged: new Map(logged.map(({ action, subject, times }) => [`${action} ${subject}`, times])),
  };
}

type ImportRow = { id: Buffer; idempotency_key: Buffer; status: string; rows_done: number; refused: number; reported: number };
