import type { OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';

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

/** The bytes of the trace that `appendEvents` fills in where an event has none yet. */
const TRACE_BYTES = `"traceparent":"${'0'.repeat(55)}",`.length;

/** The size of an event as it is published, in bytes. */
export function eventBytes({ event }: OutgoingEvent): number {
  return Buffer.byteLength(JSON.stringify(event)) + (event.traceparent === undefined ? TRACE_BYTES : 0);
}
