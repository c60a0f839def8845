import { makeEvent, type OutgoingEvent } from '@florin/events';
import { type Payment, refundedTotalMinor } from './payment.ts';
import type { Refund } from './refund.ts';

/** Makes the outcome event of a request: the decision, or the refund if a cancel came since or before. */
export function requestOutcome(payment: Payment, time: Date): OutgoingEvent {
  const { purchaseId, userId, amountMinor, version: sequence } = payment;
  switch (payment.status) {
    case 'charged': {
      const data = { purchaseId, userId, amountMinor, transferId: payment.chargeTransferId };
      return makeEvent('purchase-paid', { sequence, data, time });
    }
    case 'declined': {
      const data = { purchaseId, userId, amountMinor, reason: payment.declineReason };
      return makeEvent('purchase-declined', { sequence, data, time });
    }
    case 'refunded':
    case 'voided':
      return cancelOutcome(payment, time);
  }
}

/** Makes the outcome event of a cancel: the rest of the charge after partial refunds, or 0 if nothing was charged. */
export function cancelOutcome(payment: Payment, time: Date): OutgoingEvent {
  const { purchaseId, userId, version: sequence } = payment;
  const refund =
    payment.status === 'refunded'
      ? { amountMinor: payment.amountMinor - payment.partlyRefundedMinor, transferId: payment.refundTransferId }
      : { amountMinor: 0 };
  return makeEvent('purchase-refunded', { sequence, data: { purchaseId, userId, ...refund }, time });
}

/**
 * Makes the outcome event of a request for a partial refund.
 *
 * @param payment missing if the purchase is unknown, which comes before any event about it: its sequence is 0
 */
export function refundOutcome(refund: Refund, payment: Payment | undefined, time: Date): OutgoingEvent {
  const { id: refundId, purchaseId, userId, amountMinor } = refund;
  const sequence = payment?.version ?? 0;
  const facts = { refundId, purchaseId, userId, amountMinor, refundedTotalMinor: payment ? refundedTotalMinor(payment) : 0 };
  if (refund.status === 'posted')
    return makeEvent('refund-posted', { sequence, data: { ...facts, transferId: refund.transferId }, time });
  return makeEvent('refund-rejected', { sequence, data: { ...facts, reason: refund.reason }, time });
}
