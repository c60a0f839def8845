import assert from 'node:assert';
import type { OutgoingEvent } from '@florin/events';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { cutSets } from './cut-sets.ts';
import { eventMaxBytesOf, payloadOf } from './event-size.ts';

const ROWS_PER_STATEMENT = 500;
/** Far below the servers' limit of 16 MB, even if every character is escaped. */
const BYTES_PER_STATEMENT = 1024 * 1024;
const appending = new WeakSet<Knex.Transaction>();

/**
 * Appends events to the outbox, in the transaction of the change that they describe: both are committed or neither. Append them
 * last in the transaction, so that outbox rows are locked last. Fills in missing traceparents.
 *
 * @throws AssertionError if an event exceeds the maximum size. Where clients decide the size, check it first with `eventBytes`
 *   and `eventMaxBytesOf`
 */
export async function appendEvents(trx: Knex.Transaction, events: readonly OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  appending.add(trx);
  const rows = events.map((outgoing) => {
    const payload = payloadOf(outgoing);
    return { ...outgoing, payload, bytes: Buffer.byteLength(payload) };
  });
  const maxBytes = eventMaxBytesOf(trx);
  for (const { event, bytes } of rows)
    assert(bytes <= maxBytes, `${event.type} ${event.id} has ${bytes} bytes, at most ${maxBytes} are allowed`);
  for (const set of cutSets(rows, {
    maxItems: ROWS_PER_STATEMENT,
    maxBytes: BYTES_PER_STATEMENT,
    bytesOf: ({ bytes }) => bytes,
  })) {
    await trx.raw(
      `INSERT INTO outbox (event_id, topic, message_key, type, payload) VALUES ${set.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
      set.flatMap(({ topic, key, event, payload }) => [idBytes(event.id), topic, Buffer.from(key), event.type, payload]),
    );
  }
}

/** Whether the transaction has appended events. Most periodic jobs append none, and need not wake the relay. */
export function hasAppended(trx: Knex.Transaction): boolean {
  return appending.has(trx);
}
