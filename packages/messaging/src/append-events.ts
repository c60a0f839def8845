import type { OutgoingEvent } from '@florin/events';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { traceparentOf } from './continue-traces.ts';

const ROWS_PER_STATEMENT = 500;
const appending = new WeakSet<Knex.Transaction>();

/**
 * Puts events into the outbox, in the transaction of the change that they tell of: both happen or neither does. Append them
 * last in the transaction, so that outbox rows are the last that it locks. Fills in the trace that they belong to.
 */
export async function appendEvents(trx: Knex.Transaction, events: readonly OutgoingEvent[]): Promise<void> {
  if (events.length > 0) appending.add(trx);
  for (let start = 0; start < events.length; start += ROWS_PER_STATEMENT) {
    const rows = events.slice(start, start + ROWS_PER_STATEMENT);
    await trx.raw(
      `INSERT INTO outbox (event_id, topic, message_key, type, payload) VALUES ${rows.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
      rows.flatMap(({ topic, key, event }) => [
        idBytes(event.id),
        topic,
        Buffer.from(key),
        event.type,
        JSON.stringify({ ...event, traceparent: traceparentOf({ topic, key, event }) }),
      ]),
    );
  }
}

/** Whether the transaction has events for the relay: most sweeps find nothing to do, and need not make it look. */
export function hasAppended(trx: Knex.Transaction): boolean {
  return appending.has(trx);
}
