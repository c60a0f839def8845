import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { insertRows, newIdAt } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { advancePurchases, type LockedPurchase, lockPurchase, saveTrackingCodes } from '../purchases/index.ts';
import { currentReport, deliveryEventsTable, MAX_REPORTS, readReports } from './delivery-events.ts';
import { type DeliveryStatus, decideReport, type ReportDecision } from './delivery-status.ts';
import { fulfilmentErrors } from './errors.ts';

/** Clocks of carriers and staff may be ahead by this. */
const MAX_AHEAD_MS = 5 * 60_000;

/** A report about a parcel, by staff or from a carrier. */
export type ReportFields = {
  status: DeliveryStatus;
  at: Date;
  place?: string;
  note?: string;
  trackingCode?: string;
  carrier?: string;
};

export type NewReport = KeyedRequest & ReportFields & { purchaseId: string; by: string };

/**
 * Records a report about the parcel of a purchase, with its idempotency key and an audit entry, and takes the steps of the purchase
 * that follow: a paid purchase that was handed over is shipped first; a parcel that returns before its delivery cancels the
 * purchase. Late and repeated reports join the history only. Texts about an erased buyer are not stored.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, VALIDATION_FAILED if `at` is more than five minutes ahead of the database's clock,
 *   INVALID_TRANSITION if the purchase is not paid yet, DELIVERY_HISTORY_FULL, PURCHASE_TOO_LARGE; a duplicate key error if the user
 *   has used the idempotency key before
 */
export async function reportDelivery(trx: Knex.Transaction, report: NewReport): Promise<void> {
  const { purchaseId, by } = report;
  const { purchase, lockedAt } = await lockPurchase(trx, purchaseId);
  requireOther(by, purchase.userId);
  if (report.at.getTime() > lockedAt.getTime() + MAX_AHEAD_MS) throw inFuture();
  const decision = await decide(trx, purchase, report);
  const isErased = (await findErased(trx, [purchase.userId])).has(purchase.userId);
  await insertReport(trx, isErased ? withoutTexts(report) : report, { isApplied: decision.isApplied, lockedAt });
  if (decision.isApplied && !isErased && report.trackingCode !== undefined)
    await saveTrackingCodes(trx, [{ id: purchaseId, trackingCode: report.trackingCode }]);
  const after = { status: report.status, at: report.at.toISOString(), isApplied: decision.isApplied };
  await appendAuditEntry(trx, { actorId: by, action: 'delivery.report', subject: purchaseId, after });
  if (decision.steps.length === 0) return;
  const [answer] = await advancePurchases(trx, [{ purchaseId, steps: decision.steps, by }]);
  if (answer instanceof AppError) throw answer;
}

async function decide(trx: Knex.Transaction, { id, status }: LockedPurchase, report: NewReport): Promise<ReportDecision> {
  const earlier = await readReports(trx, id);
  const decision = decideReport({ purchaseStatus: status, current: currentReport(earlier) }, report);
  if (decision === 'unpaid')
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: 'A purchase that is requested has no parcel.' });
  if (!decision.isHigher && earlier.length >= MAX_REPORTS) throw new AppError(fulfilmentErrors.DELIVERY_HISTORY_FULL);
  return decision;
}

async function insertReport(
  trx: Knex.Transaction,
  report: NewReport,
  { isApplied, lockedAt }: { isApplied: boolean; lockedAt: Date },
): Promise<void> {
  const { purchaseId, status, at, place = null, note = null, trackingCode = null, carrier = null } = report;
  const { by: reportedBy, idempotencyKey, sentHash = null } = report;
  await insertRows(trx, deliveryEventsTable, [
    {
      id: newIdAt(lockedAt),
      purchaseId,
      status,
      at,
      isApplied,
      place,
      note,
      trackingCode,
      carrier,
      reportedBy,
      idempotencyKey,
      requestHash: hashReport(report),
      sentHash,
      createdAt: lockedAt,
    },
  ]);
}

/** The `request_hash` of reports. */
export function hashReport(report: Readonly<Record<string, unknown>>): Buffer {
  const { purchaseId, status, at, place, note, trackingCode, carrier } = report;
  return requestHash([purchaseId, status, at instanceof Date ? at.toISOString() : at, place, note, trackingCode, carrier]);
}

function withoutTexts({ place: _place, note: _note, trackingCode: _code, ...report }: NewReport): NewReport {
  return report;
}

function inFuture(): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'at', message: 'at must not be more than 5 minutes in the future' }],
  });
}
