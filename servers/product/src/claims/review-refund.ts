import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { idBytes, idText, lockById, pickFields, queryFirst, updateByKey } from '@florin/database';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockPurchase } from '../purchases/index.ts';
import { askPayment } from './ask-payment.ts';
import { refundErrors } from './errors.ts';
import { noRefund } from './read-refunds.ts';
import { plainRefunds, type Refund, refundsTable } from './refund.ts';
import { assertRefundable } from './request-refund.ts';

type Review = { refundId: string; by: string; verdict: 'approved' | 'rejected' };

/**
 * Approves a refund above the threshold, which asks payment for it, or rejects it. Repeating the decision changes nothing. The amount
 * is reserved since the request.
 *
 * @throws AppError NOT_FOUND; OWN_ACCOUNT; REFUND_REQUESTED_BY_YOU; INVALID_TRANSITION after another decision, or if the purchase was
 *   cancelled since
 */
export async function reviewRefund(trx: Knex.Transaction, { refundId, by, verdict }: Review): Promise<void> {
  const found = await queryFirst<{ purchase_id: Buffer }>(trx, 'SELECT purchase_id FROM refunds WHERE id = ?', [
    idBytes(refundId),
  ]);
  if (found === undefined) throw noRefund(refundId);
  const { purchase, lockedAt } = await lockPurchase(trx, idText(found.purchase_id));
  const refund = await lockById(trx, plainRefunds, refundId);
  if (refund === undefined) throw noRefund(refundId);
  requireOther(by, refund.userId);
  if (by === refund.requestedBy) throw new AppError(refundErrors.REFUND_REQUESTED_BY_YOU);
  if (refund.decidedBy !== null && wasApproved(refund) === (verdict === 'approved')) return;
  if (refund.status !== 'review')
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A refund that is ${refund.status} cannot be ${verdict}.` });
  if (verdict === 'approved') assertRefundable(purchase);
  await updateByKey(trx, reviewedTable, [
    {
      id: refundId,
      ...(verdict === 'approved' ? approved(lockedAt) : rejected),
      decidedBy: by,
      updatedAt: lockedAt,
    },
  ]);
  await appendAuditEntry(trx, {
    actorId: by,
    action: verdict === 'approved' ? 'refund.approve' : 'refund.reject',
    subject: refundId,
    before: { status: 'review' },
    after: { status: verdict, requestedBy: refund.requestedBy },
  });
  if (verdict === 'rejected') return;
  await appendEvents(trx, await askPayment(trx, [refund], { purchases: new Map([[purchase.id, purchase]]), at: lockedAt }));
}

function wasApproved({ rejection }: Refund): boolean {
  return rejection !== 'REVIEW';
}

const approved = (at: Date) => ({ status: 'pending' as const, nextAttemptAt: at, rejection: null });
const rejected = { status: 'rejected' as const, nextAttemptAt: null, rejection: 'REVIEW' };

const reviewedTable = pickFields(refundsTable, ['id', 'status', 'nextAttemptAt', 'rejection', 'decidedBy', 'updatedAt']);
