import type { Event, EventType } from '@florin/events';
import type { Subscriptions } from '@florin/messaging';
import type { Knex } from 'knex';
import type { EventSubscription } from './feature.ts';

type Operation = (trx: Knex.Transaction, events: readonly Event[]) => Promise<void>;

/** Joins subscriptions to one operation for each event type. Operations on the same event run one after the other, in list order. */
export function joinSubscriptions(subscriptions: readonly EventSubscription[]): Subscriptions {
  const operations = new Map<EventType, Operation[]>();
  for (const { event, handle } of subscriptions)
    operations.set(event, [...(operations.get(event) ?? []), handle as unknown as Operation]);
  return Object.fromEntries([...operations].map(([event, handles]) => [event, inOrder(handles)]));
}

/** Returns a single operation unchanged: most events have one, and a wrapper would cost each purchase a promise. */
function inOrder(operations: readonly Operation[]): Operation {
  const [only] = operations;
  if (only !== undefined && operations.length === 1) return only;
  return async (trx, events) => {
    for (const operation of operations) await operation(trx, events);
  };
}
