import type { Event } from '@florin/events';
import type { PurchaseStatus, RefundState } from './purchase.ts';

export type PaymentOutcome = Event<'purchase-paid' | 'purchase-declined' | 'purchase-refunded'>;

type State = { status: PurchaseStatus; refund: RefundState };

/** A change of a purchase: the new state, and whether its stock is returned. */
export type Transition = State & { declineReason?: string; returnsStock: boolean };

/** Decides the transition on an outcome event; undefined if it changes nothing. The timeline shows the event anyway. Pure. */
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

/** Decides the transition on a cancel: 'already' if cancelled, 'refused' if the status does not allow it. Pure. */
export function onCancel({ status }: State): Transition | 'already' | 'refused' {
  if (status === 'requested' || status === 'paid') return { status: 'cancelled', refund: 'pending', returnsStock: true };
  return status === 'cancelled' ? 'already' : 'refused';
}

/** Decides the transition to `to`: 'already' if the purchase has that status, 'refused' if it lacks the one before. Pure. */
export function onAdvance({ status, refund }: State, to: 'shipped' | 'delivered'): Transition | 'already' | 'refused' {
  if (status === to) return 'already';
  return status === stepBefore[to] ? { status: to, refund, returnsStock: false } : 'refused';
}

/**
 * Decides the transition of a parcel that the carrier returned before its delivery: 'already' if cancelled, 'refused' if not shipped.
 * Pure.
 */
export function onReturn({ status }: State): Transition | 'already' | 'refused' {
  if (status === 'shipped') return { status: 'cancelled', refund: 'pending', returnsStock: true };
  return status === 'cancelled' ? 'already' : 'refused';
}

const stepBefore = { shipped: 'paid', delivered: 'shipped' } as const;
