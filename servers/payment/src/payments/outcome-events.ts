import { makeEvent, type OutgoingEvent } from '@florin/events';
import type { Payment } from './payment.ts';

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

/** Makes the outcome event of a cancel. The refund is 0 if nothing was charged. */
export function cancelOutcome(payment: Payment, time: Date): OutgoingEvent {
  const { purchaseId, userId, version: sequence } = payment;
  const refund =
    payment.status === 'refunded'
      ? { amountMinor: payment.amountMinor, transferId: payment.refundTransferId }
      : { amountMinor: 0 };
  return makeEvent('purchase-refunded', { sequence, data: { purchaseId, userId, ...refund }, time });
}
