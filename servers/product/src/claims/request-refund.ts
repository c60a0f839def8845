import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, insertRows, newIdAt, queryOne } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { LockedPurchase } from '../purchases/index.ts';
import { askPayment } from './ask-payment.ts';
import { refundErrors } from './errors.ts';
import { type Refund, refundsTable } from './refund.ts';

/** Maximum number of refunds of one purchase, rejected ones included. */
const MAX_REFUNDS = 100;

const refundableStatuses: readonly string[] = ['paid', 'shipped', 'delivered'];

export type WantedRefund = {
  amountMinor: number;
  /** Who chose the amount, and so does not review it. */
  requestedBy: string;
  /** Whose request this is, for the audit log. */
  by: string;
  /** What staff say. Leave it out if the buyer was erased. */
  reason?: string | undefined;
  claimId?: string;
  /** Missing if a claim is refunded. */
  keyed?: { idempotencyKey: string; requestHash: Buffer; sentHash: Buffer | null };
  /** Largest amount that needs no second member of staff. */
  reviewAboveMinor: number;
};

type Locked = { purchase: LockedPurchase; lockedAt: Date };

/**
 * Stores a refund of a locked purchase, and asks payment for it unless a second member of staff must approve it first.
 *
 * @returns the refund's id, and the event to append as the last statement
 * @throws AppError INVALID_TRANSITION, REFUND_EXCEEDS_CHARGE, TOO_MANY_REFUNDS
 */
export async function requestRefund(
  trx: Knex.Transaction,
  { purchase, lockedAt }: Locked,
  wanted: WantedRefund,
): Promise<{ id: string; events: OutgoingEvent[] }> {
  const { amountMinor, requestedBy, by, reason = null, claimId = null, keyed, reviewAboveMinor } = wanted;
  assertRefundable(purchase);
  await assertRoom(trx, purchase, { amountMinor, claimId });
  const needsReview = amountMinor > reviewAboveMinor;
  const refund: Refund = {
    id: newIdAt(lockedAt),
    purchaseId: purchase.id,
    userId: purchase.userId,
    claimId,
    amountMinor,
    currency: purchase.currency,
    status: needsReview ? 'review' : 'pending',
    reason,
    requestedBy,
    decidedBy: null,
    askedAt: needsReview ? null : lockedAt,
    attempts: 0,
    nextAttemptAt: needsReview ? null : lockedAt,
    rejection: null,
    transferId: null,
    createdAt: lockedAt,
    updatedAt: lockedAt,
  };
  const { idempotencyKey = null, requestHash = null, sentHash = null } = keyed ?? {};
  await insertRows(trx, refundsTable, [{ ...refund, idempotencyKey, requestHash, sentHash }]);
  await appendAuditEntry(trx, {
    actorId: by,
    action: 'refund.request',
    subject: refund.id,
    after: { status: refund.status, purchaseId: purchase.id, amountMinor, currency: purchase.currency },
  });
  const events = needsReview
    ? []
    : await askPayment(trx, [refund], { purchases: new Map([[purchase.id, purchase]]), at: lockedAt });
  return { id: refund.id, events };
}

/** @throws AppError INVALID_TRANSITION */
export function assertRefundable({ status }: Pick<LockedPurchase, 'status'>): void {
  if (refundableStatuses.includes(status)) return;
  throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A purchase that is ${status} cannot be refunded in part.` });
}

/**
 * The first guard of the charge; the last one is payment's. Counts the refunds that are done or under way, and what was approved for
 * returns that have not been received.
 *
 * @throws AppError REFUND_EXCEEDS_CHARGE, TOO_MANY_REFUNDS
 */
export async function assertRoom(
  trx: Knex.Transaction,
  { id, totalMinor }: LockedPurchase,
  { amountMinor, claimId }: { amountMinor: number; claimId: string | null },
): Promise<void> {
  const { refunds, refunded, reserved } = await queryOne<{ refunds: number; refunded: string; reserved: string }>(
    trx,
    `SELECT COUNT(*) AS refunds, COALESCE(SUM(IF(status = 'rejected', 0, amount_minor)), 0) AS refunded,
            (SELECT COALESCE(SUM(refund_minor), 0) FROM claims
              WHERE purchase_id = ? AND status = 'awaiting-return' AND id <> ?) AS reserved
       FROM refunds WHERE purchase_id = ?`,
    [idBytes(id), claimId === null ? Buffer.alloc(16) : idBytes(claimId), idBytes(id)],
  );
  const limitMinor = Math.max(0, totalMinor - Number(refunded) - Number(reserved));
  if (amountMinor > limitMinor) throw new AppError(refundErrors.REFUND_EXCEEDS_CHARGE, { extensions: { limitMinor } });
  if (refunds >= MAX_REFUNDS) throw new AppError(refundErrors.TOO_MANY_REFUNDS);
}
