import { newId } from '@florin/database';
import { type Event, type EventData, type EventType, makeEvent } from '@florin/events';

/** Makes an incoming event with a new id. */
function incoming<Type extends EventType>(type: Type, data: EventData<Type>): Event<Type> {
  return makeEvent(type, { sequence: 1, data }).event as Event<Type>;
}

export function registered(userId: string): Event<'user-registered'> {
  return incoming('user-registered', { userId });
}

export function erased(userId: string): Event<'user-erased'> {
  return incoming('user-erased', { userId });
}

type Purchase = { purchaseId?: string; userId: string; totalMinor: number; currency?: string };

export function requested({ purchaseId = newId(), userId, totalMinor, currency = 'EUR' }: Purchase): Event<'purchase-requested'> {
  const items = [{ productId: newId(), name: 'Florin', quantity: 1, unitPriceMinor: totalMinor }];
  return incoming('purchase-requested', { purchaseId, userId, items, totalMinor, currency });
}

export function cancelled({ purchaseId, userId }: { purchaseId: string; userId: string }): Event<'purchase-cancelled'> {
  return incoming('purchase-cancelled', { purchaseId, userId, by: 'buyer' });
}

type Refund = { refundId?: string; purchaseId: string; userId: string; amountMinor: number; currency?: string };

export function refundRequested(wanted: Refund): Event<'refund-requested'> {
  const { refundId = newId(), purchaseId, userId, amountMinor, currency = 'EUR' } = wanted;
  return incoming('refund-requested', { refundId, purchaseId, userId, amountMinor, currency, reason: 'claim' });
}
