import { idText } from '@florin/database';
import type { Checker } from './open-checker.ts';
import type { StoredWalletOperation, StoredWalletOperations } from './wallet-history.ts';

type OperationRow = {
  kind: StoredWalletOperation['kind'];
  id: Buffer;
  user_id: Buffer;
  idempotency_key: Buffer;
  amount_minor: number;
  status: string;
  captured_minor: number;
  is_due: number;
  is_own_decision: number;
  transfers: number;
  transferred_minor: string;
};

const carriedOut = (source: string) => `
  (SELECT COUNT(*) FROM {payment}.transfers t WHERE t.source_id = ${source}.id) AS transfers,
  (SELECT COALESCE(SUM(e.amount_minor), 0) FROM {payment}.transfers t JOIN {payment}.ledger_entries e ON e.transfer_id = t.id
    WHERE t.source_id = ${source}.id AND e.wallet_id = ${source}.wallet_id) AS transferred_minor`;

/** Reads top-ups, holds and adjustments from payment's database. An adjustment with a review has the status of the review. */
export async function readWalletOperations(checker: Checker): Promise<StoredWalletOperations> {
  const rows = await checker.rows<OperationRow>(
    `SELECT 'top-up' AS kind, id, user_id, idempotency_key, amount_minor, status, 0 AS captured_minor, FALSE AS is_due,
            FALSE AS is_own_decision, ${carriedOut('u')}
       FROM {payment}.top_ups u
     UNION ALL
     SELECT 'hold', id, user_id, idempotency_key, amount_minor, status, captured_minor, expires_at <= UTC_TIMESTAMP(3), FALSE, ${carriedOut('h')}
       FROM {payment}.holds h
     UNION ALL
     SELECT 'adjustment', id, user_id, idempotency_key, amount_minor, 'posted', 0, FALSE, FALSE, ${carriedOut('a')}
       FROM {payment}.adjustments a WHERE NOT EXISTS (SELECT 1 FROM {payment}.adjustment_reviews r WHERE r.id = a.id)
     UNION ALL
     SELECT 'adjustment', id, user_id, idempotency_key, amount_minor, status, 0, FALSE, decided_by <=> requested_by, ${carriedOut('r')}
       FROM {payment}.adjustment_reviews r`,
  );
  const held = await checker.rows<{ id: Buffer; held_minor: number; open_minor: string }>(
    `SELECT w.id, w.held_minor, COALESCE(SUM(h.amount_minor), 0) AS open_minor
       FROM {payment}.wallets w LEFT JOIN {payment}.holds h ON h.wallet_id = w.id AND h.status = 'held'
      GROUP BY w.id, w.held_minor HAVING w.held_minor <> open_minor`,
  );
  return {
    operations: rows.map(operationOf),
    heldWrongly: held.map((row) => ({ walletId: idText(row.id), heldMinor: row.held_minor, openMinor: Number(row.open_minor) })),
    logged: await readLogged(checker),
  };
}

function operationOf(row: OperationRow): StoredWalletOperation {
  return {
    kind: row.kind,
    id: idText(row.id),
    userId: idText(row.user_id),
    key: row.idempotency_key.toString(),
    amountMinor: row.amount_minor,
    status: row.status,
    capturedMinor: row.captured_minor,
    isDue: Boolean(row.is_due),
    isOwnDecision: Boolean(row.is_own_decision),
    transfers: row.transfers,
    transferredMinor: Number(row.transferred_minor),
  };
}

async function readLogged(checker: Checker): Promise<Map<string, number>> {
  const rows = await checker.rows<{ entry: string; times: number }>(
    `SELECT CONCAT(action, ' ', IF(action = 'wallet.adjust', JSON_UNQUOTE(JSON_EXTRACT(state_after, '$.adjustmentId')), subject)) AS entry,
            COUNT(*) AS times
       FROM {payment}.audit_log WHERE action LIKE 'hold.%' OR action LIKE 'adjustment.%' OR action = 'wallet.adjust'
      GROUP BY entry`,
  );
  return new Map(rows.map(({ entry, times }) => [entry, times]));
}
