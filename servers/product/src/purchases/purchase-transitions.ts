import type { Event } from '@florin/events';
import type { PurchaseStatus, RefundState } from './purchase.ts';

export type PaymentOutcome = Event<'purchase-paid' | 'purchase-declined' | 'purchase-refunded'>;

type State = { status: PurchaseStatus; refund: RefundState };

/** What becomes of a purchase: the new state, and whether its stock goes back on the shelf. */
export type Transition = State & { declineReason?: string; returnsStock: boolean };

/** What an answer of payment makes of a purchase; undefined where it changes nothing, which the timeline still shows. Pure. */
export function onPaymentOutcome({ status, refund }: State, event: PaymentOutcome): Transition | undefined {
  switch (event.type) {
    case 'purchase-paid':
      return status === 'requested' ? { status: 'paid', refund, returnsStock: false } : undefined;
    case 'purchase-declined':
      return status === 'requested'
        ? { status: 'declined', refund, declineReason: event.data.reason, returnsStock: true }
        : undefined;
    case 'purchase-refunded': {
      if (status !== 'cancelled' || refund !== 'pending') return undefined;
      return { status, refund: event.data.amountMinor > 0 ? 'done' : 'none', returnsStock: false };
    }
  }
}

/** What a cancel makes of it: 'already' for one that is cancelled, 'refused' for one that is past cancelling. Pure. */
export function onCancel({ status }: State): Transition | 'already' | 'refused' {
  if (status === 'requested' || status === 'paid') return { status: 'cancelled', refund: 'pending', returnsStock: true };
  return status === 'cancelled' ? 'already' : 'refused';
}

/** What sending it on makes of it: 'already' for one that is there, 'refused' for one that is not at the step before. Pure. */
export function onAdvance({ status, refund }: State, to: 'shipped' | 'delivered'): Transition | 'already' | 'refused' {
  if (status === to) return 'already';
  return status === stepBefore[to] ? { status: to, refund, returnsStock: false } : 'refused';
}

const stepBefore = { shipped: 'paid', delivered: 'shipped' } as const;
