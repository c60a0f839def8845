import { makeEvent, type OutgoingEvent } from '@florin/events';
import type { Payment } from './payment.ts';

/** The answer to a request, given at a time: the decision; or, where a cancel has undone it or came first, that. */
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

/** The answer to a cancel: what went back, or 0 where nothing was charged. */
export function cancelOutcome(payment: Payment, time: Date): OutgoingEvent {
  const { purchaseId, userId, version: sequence } = payment;
  const refund =
    payment.status === 'refunded'
      ? { amountMinor: payment.amountMinor, transferId: payment.refundTransferId }
      : { amountMinor: 0 };
  return makeEvent('purchase-refunded', { sequence, data: { purchaseId, userId, ...refund }, time });
}
