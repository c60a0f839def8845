import assert from 'node:assert';
import { insertRows } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { signerOf } from './event-signer.ts';
import { eventMaxBytesOf, payloadOf } from './event-size.ts';
import { outboxTable } from './messaging-tables.ts';

const appending = new WeakSet<Knex.Transaction>();

/**
 * Appends events to the outbox, in the transaction of the change that they describe: both are committed or neither. Append them
 * last in the transaction, so that outbox rows are locked last. Fills in missing traceparents and signs the events.
 *
 * @throws AssertionError if an event exceeds the maximum size, which does not count its signature. Where clients decide the size, check it first with `eventBytes`
 *   and `eventMaxBytesOf`
 */
export async function appendEvents(trx: Knex.Transaction, events: readonly OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  appending.add(trx);
  const sign = signerOf(trx);
  const rows = events.map((outgoing) => {
    const json = payloadOf(outgoing);
    const { topic, key: messageKey, event } = outgoing;
    const payload = sign(json, outgoing);
    return { eventId: event.id, topic, messageKey, type: event.type, payload, bytes: Buffer.byteLength(json) };
  });
  const maxBytes = eventMaxBytesOf(trx);
  for (const { type, eventId, bytes } of rows)
    assert(bytes <= maxBytes, `${type} ${eventId} has ${bytes} bytes, at most ${maxBytes} are allowed`);
  await insertRows(trx, outboxTable, rows);
}

/** Whether the transaction has appended events. Most periodic jobs append none, and need not wake the relay. */
export function hasAppended(trx: Knex.Transaction): boolean {
  return appending.has(trx);
}
