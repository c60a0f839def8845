import { idBytes, idText, query, queryFirst } from '@florin/database';
import type { Knex } from 'knex';

export type TracedPurchase = {
  userId: string;
  status: string;
  totalMinor: number;
  currency: string;
  declineReason: string | null;
  refund: string;
  createdAt: string;
  updatedAt: string;
  timeline: { at: string; type: string; service: string; eventId: string; detail: unknown }[];
};

type PurchaseRow = {
  user_id: Buffer;
  status: string;
  total_minor: number;
  currency: string;
  decline_reason: string | null;
  refund: string;
  created_at: Date;
  updated_at: Date;
};
type StepRow = { at: Date; type: string; service: string; event_id: Buffer; detail: string | null };

const MAX_STEPS = 100;

/** Reads a purchase and its timeline from product's database; undefined if product does not know it. */
export async function readPurchase(db: Knex, purchaseId: string): Promise<TracedPurchase | undefined> {
  const row = await queryFirst<PurchaseRow>(
    db,
    `SELECT user_id, status, total_minor, currency, decline_reason, refund, created_at, updated_at FROM purchases WHERE id = ?`,
    [idBytes(purchaseId)],
  );
  if (row === undefined) return undefined;
  const steps = await query<StepRow>(
    db,
    'SELECT at, type, service, event_id, detail FROM purchase_timeline WHERE purchase_id = ? ORDER BY at, id LIMIT ?',
    [idBytes(purchaseId), MAX_STEPS],
  );
  return {
    userId: idText(row.user_id),
    status: row.status,
    totalMinor: row.total_minor,
    currency: row.currency,
    declineReason: row.decline_reason,
    refund: row.refund,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    timeline: steps.map(({ at, type, service, event_id: eventId, detail }) => ({
      at: at.toISOString(),
      type,
      service,
      eventId: idText(eventId),
      detail: detail === null ? null : (JSON.parse(detail) as unknown),
    })),
  };
}
