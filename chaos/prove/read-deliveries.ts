import { idText } from '@florin/database';
import type { ParcelStatus, StoredDeliveries } from './delivery-history.ts';
import type { Checker } from './open-checker.ts';
import type { Status } from './purchase-history.ts';

type ReportRow = { idempotency_key: Buffer; purchase_id: Buffer; status: ParcelStatus; is_applied: number };

/** Reads the reports about parcels and the statuses of their purchases. */
export async function readDeliveries(checker: Checker): Promise<StoredDeliveries> {
  const reports = await checker.rows<ReportRow>(
    'SELECT idempotency_key, purchase_id, status, is_applied FROM {product}.delivery_events',
  );
  const purchases = await checker.rows<{ id: Buffer; status: Status }>('SELECT id, status FROM {product}.purchases');
  return {
    reports: reports.map(({ idempotency_key, purchase_id, status, is_applied }) => ({
      key: idempotency_key.toString(),
      purchaseId: idText(purchase_id),
      status,
      isApplied: is_applied === 1,
    })),
    statuses: new Map(purchases.map(({ id, status }) => [idText(id), status])),
  };
}
