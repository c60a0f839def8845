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

/** The texts of events whose bytes were counted before they are appended, so that each is written as JSON once. */
const written = new WeakMap<OutgoingEvent, string>();

/** An event as it is published, with the trace that it belongs to. */
export function payloadOf(outgoing: OutgoingEvent): string {
  return written.get(outgoing) ?? write(outgoing);
}

/** How many bytes an event has as it is published. Nothing in it may change from now on. */
export function eventBytes(outgoing: OutgoingEvent): number {
  const payload = write(outgoing);
  written.set(outgoing, payload);
  return Buffer.byteLength(payload);
}

function write(outgoing: OutgoingEvent): string {
  const { event } = outgoing;
  return JSON.stringify(event.traceparent === undefined ? { ...event, traceparent: traceparentOf(outgoing) } : event);
}
