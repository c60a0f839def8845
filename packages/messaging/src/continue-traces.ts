import { AsyncLocalStorage } from 'node:async_hooks';
import { type Event, newTraceparent, type OutgoingEvent } from '@florin/events';
import { currentTraceparent } from '@florin/runtime';

type Traces = ReadonlyMap<string, string>;

/** Finds the traceparents of the events that are being handled, by their subjects and their users. */
const handled = new AsyncLocalStorage<() => Traces>();

/** Runs the operation of consumed events so that each event it appends goes on with the trace of the event that caused it. */
export function continuingTraces<T>(events: readonly Event[], work: () => T): T {
  let traces: Traces | undefined;
  return handled.run(() => {
    // Most operations append nothing, and then need no traces.
    traces ??= tracesOf(events);
    return traces;
  }, work);
}

function tracesOf(events: readonly Event[]): Traces {
  const traces = new Map<string, string>();
  for (const { subject, data, traceparent = newTraceparent() } of events) {
    traces.set(data.userId, traceparent);
    traces.set(subject, traceparent);
  }
  return traces;
}

/**
 * The traceparent of an event that is appended: its own; that of the consumed event about the same subject, or else about the same
 * user; that of the request; or a new one.
 */
export function traceparentOf({ key, event }: OutgoingEvent): string {
  if (event.traceparent !== undefined) return event.traceparent;
  const traces = handled.getStore()?.();
  return traces?.get(event.subject) ?? traces?.get(key) ?? currentTraceparent();
}
