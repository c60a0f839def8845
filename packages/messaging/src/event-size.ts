import type { OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { traceparentOf } from './continue-traces.ts';

/** Default maximum size of an event: several fit into the default `max.message.bytes` of a topic. */
export const EVENT_MAX_BYTES = 256 * 1024;

/** Sets the maximum number of bytes of an event, for every later transaction of this database. */
export function setEventMaxBytes(db: Knex, maxBytes: number): void {
  db.userParams = { ...db.userParams, eventMaxBytes: maxBytes };
}

/** Maximum number of bytes of an event of this database (default 256 KiB). */
export function eventMaxBytesOf(db: Knex): number {
  return (db.userParams?.['eventMaxBytes'] as number | undefined) ?? EVENT_MAX_BYTES;
}

/** The JSON of an event, with its `traceparent`. It is published with a signature of at most 95 bytes. */
export function payloadOf(outgoing: OutgoingEvent): string {
  return outgoing.payload ?? write(outgoing);
}

/** The number of bytes of an event without its signature. The event must not change afterwards. */
export function eventBytes(outgoing: OutgoingEvent): number {
  outgoing.payload = write(outgoing);
  return Buffer.byteLength(outgoing.payload);
}

function write(outgoing: OutgoingEvent): string {
  const { event } = outgoing;
  return JSON.stringify(event.traceparent === undefined ? { ...event, traceparent: traceparentOf(outgoing) } : event);
}
