import { AsyncLocalStorage } from 'node:async_hooks';
import { type Event, keyOf, newTraceparent, type OutgoingEvent } from '@florin/events';
import { currentTraceparent } from '@florin/runtime';

type Traces = ReadonlyMap<string, string>;

/** The traceparents of the events being handled, by their subjects and users. */
const handled = new AsyncLocalStorage<() => Traces>();

/**
 * Runs the operation on consumed events, so that each event that it appends continues the trace of the event that caused it.
 *
 * @param traceparentOfEvent returns the traceparent with which an event's trace continues (default: its own)
 */
export function continuingTraces<T>(
  events: readonly Event[],
  work: () => T,
  traceparentOfEvent: (event: Event) => string | undefined = ({ traceparent }) => traceparent,
): T {
  let traces: Traces | undefined;
  return handled.run(() => {
    // Built on first use: most operations append nothing.
    traces ??= tracesOf(events, traceparentOfEvent);
    return traces;
  }, work);
}

function tracesOf(events: readonly Event[], traceparentOfEvent: (event: Event) => string | undefined): Traces {
  const traces = new Map<string, string>();
  for (const event of events) {
    const traceparent = traceparentOfEvent(event) ?? newTraceparent();
    traces.set(keyOf(event), traceparent);
    traces.set(event.subject, traceparent);
  }
  return traces;
}

/**
 * Returns the traceparent of an appended event: its own, or that of the consumed event about the same subject, or about the same
 * user, or that of the request, or a new one.
 */
export function traceparentOf({ key, event }: OutgoingEvent): string {
  if (event.traceparent !== undefined) return event.traceparent;
  const traces = handled.getStore()?.();
  return traces?.get(event.subject) ?? traces?.get(key) ?? currentTraceparent();
}
