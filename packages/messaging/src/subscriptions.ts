import { definitionOf, type Event, type EventType, eventTypes } from '@florin/events';
import type { Knex } from 'knex';

/** The operation for each event type. It gets a list of events and handles them as a set. */
export type Subscriptions = { [Type in EventType]?: (trx: Knex.Transaction, events: readonly Event<Type>[]) => Promise<void> };

/** Returns the topics of the subscribed event types. */
export function topicsOf(subscriptions: Subscriptions): string[] {
  return [...new Set(eventTypes.filter((type) => subscriptions[type] !== undefined).map((type) => definitionOf(type).topic))];
}
