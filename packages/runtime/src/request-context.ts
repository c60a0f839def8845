import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request (or the Kafka batch) that is being worked on. */
type RequestContext = { requestId: string; traceparent?: string };

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** The W3C trace context of the request, to be carried by its events. */
export function currentTraceparent(): string | undefined {
  return storage.getStore()?.traceparent;
}
