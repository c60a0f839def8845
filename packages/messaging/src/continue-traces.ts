import { AsyncLocalStorage } from 'node:async_hooks';
import { type Event, newTraceparent, type OutgoingEvent } from '@florin/events';
import { currentTraceparent } from '@florin/runtime';

/** The traceparent of the events that are being handled, by their subjects and their users. */
const handled = new AsyncLocalStorage<ReadonlyMap<string, string>>();

/** Runs the operation of consumed events so that each event it appends goes on with the trace of the event that caused it. */
export function continuingTraces<T>(events: readonly Event[], work: () => T): T {
  const traces = new Map<string, string>();
  for (const { subject, data, traceparent = newTraceparent() } of events) {
    traces.set(data.userId, traceparent);
    traces.set(subject, traceparent);
  }
  return handled.run(traces, work);
}

/**
 * The traceparent of an event that is appended: its own; that of the consumed event about the same subject, or else about the same
 * user; that of the request; or a new one.
 */
export function traceparentOf({ key, event }: OutgoingEvent): string {
  const traces = handled.getStore();
  return event.traceparent ?? traces?.get(event.subject) ?? traces?.get(key) ?? currentTraceparent();
}
