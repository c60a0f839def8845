import { definitionOf, type Event, type EventType, eventTypes } from '@florin/events';
import type { Knex } from 'knex';

/** The operation behind each event type. It gets a list and works on it as a set. */
export type Subscriptions = { [Type in EventType]?: (trx: Knex.Transaction, events: readonly Event<Type>[]) => Promise<void> };

/** The topics that the types of these events go to. */
export function topicsOf(subscriptions: Subscriptions): string[] {
  return [...new Set(eventTypes.filter((type) => subscriptions[type] !== undefined).map((type) => definitionOf(type).topic))];
}
