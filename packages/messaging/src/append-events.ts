import assert from 'node:assert';
import { insertRows } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { eventMaxBytesOf, payloadOf } from './event-bound.ts';
import { outboxTable } from './messaging-tables.ts';

const appending = new WeakSet<Knex.Transaction>();

/**
 * Puts events into the outbox, in the transaction of the change that they tell of: both happen or neither does. Append them
 * last in the transaction, so that outbox rows are the last that it locks. Fills in the trace that they belong to.
 *
 * @throws AssertionError when an event has more bytes than an event may have, which the broker might refuse. What makes events of
 *   a size that a client decides tests it before, with `eventBytes` and `eventMaxBytesOf`
 */
export async function appendEvents(trx: Knex.Transaction, events: readonly OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  appending.add(trx);
  const rows = events.map((outgoing) => {
    const payload = payloadOf(outgoing);
    const { topic, key: messageKey, event } = outgoing;
    return { eventId: event.id, topic, messageKey, type: event.type, payload, bytes: Buffer.byteLength(payload) };
  });
  const maxBytes = eventMaxBytesOf(trx);
  for (const { type, eventId, bytes } of rows)
    assert(bytes <= maxBytes, `${type} ${eventId} has ${bytes} bytes, at most ${maxBytes} are allowed`);
  await insertRows(trx, outboxTable, rows);
}

/** Whether the transaction has events for the relay: most sweeps find nothing to do, and need not make it look. */
export function hasAppended(trx: Knex.Transaction): boolean {
  return appending.has(trx);
}
