import type { Event, EventType } from '@florin/events';
import type { Knex } from 'knex';

/** The operation behind each event type. It gets a list and works on it as a set. */
export type Subscriptions = { [Type in EventType]?: (trx: Knex.Transaction, events: readonly Event<Type>[]) => Promise<void> };
