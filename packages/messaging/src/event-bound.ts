import type { OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { traceparentOf } from './continue-traces.ts';

/** What fits into a topic of Kafka's own `max.message.bytes` several times. */
export const EVENT_MAX_BYTES = 256 * 1024;

/** Sets how many bytes an event of this database may have, for every transaction that begins from now on. */
export function setEventMaxBytes(db: Knex, maxBytes: number): void {
  db.userParams = { ...db.userParams, eventMaxBytes: maxBytes };
}

/** The most bytes that an event of this database may have (default 256 KiB). */
export function eventMaxBytesOf(db: Knex): number {
  return (db.userParams?.['eventMaxBytes'] as number | undefined) ?? EVENT_MAX_BYTES;
}

/** An event as it is published, with the trace that it belongs to. */
export function payloadOf(outgoing: OutgoingEvent): string {
  return JSON.stringify({ ...outgoing.event, traceparent: traceparentOf(outgoing) });
}

/** How many bytes an event has as it is published. */
export function eventBytes(outgoing: OutgoingEvent): number {
  return Buffer.byteLength(payloadOf(outgoing));
}
