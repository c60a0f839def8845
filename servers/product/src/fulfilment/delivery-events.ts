import { column, defineTable, idBytes, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';
import { type DeliveryStatus, highestReport } from './delivery-status.ts';

/** Maximum number of reports of a purchase. Beyond it, only a report that raises the rank is taken. */
export const MAX_REPORTS = 100;
/** One report for each rank beyond the maximum. */
const MAX_READ = MAX_REPORTS + 10;

export const deliveryEventsTable = defineTable('delivery_events', {
  id: column.id(),
  purchaseId: column.id(),
  status: column.text<DeliveryStatus>('varchar(16)'),
  at: column.time(),
  isApplied: column.boolean(),
  place: column.text('varchar(100)').orNull(),
  note: column.text('varchar(500)').orNull(),
  trackingCode: column.text('varchar(100)').orNull(),
  carrier: column.text('varchar(100)').orNull(),
  reportedBy: column.id(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
});

export type DeliveryEvent = RowOf<typeof deliveryEventsTable>;

/** Reads the reports of a purchase, oldest first by their own time. */
export async function readReports(db: Knex, purchaseId: string): Promise<DeliveryEvent[]> {
  const rows = await query<StoredRowOf<typeof deliveryEventsTable>>(
    db,
    `SELECT ${deliveryEventsTable.list} FROM delivery_events WHERE purchase_id = ? ORDER BY at, id LIMIT ?`,
    [idBytes(purchaseId), MAX_READ],
  );
  return rows.map((row) => readRow(deliveryEventsTable, row));
}

/** Returns the report that counts, of those that were applied. */
export function currentReport(reports: readonly DeliveryEvent[]): DeliveryEvent | undefined {
  return highestReport(reports.filter(({ isApplied }) => isApplied));
}
