import { AsyncLocalStorage } from 'node:async_hooks';
import { newTraceparent } from '@florin/events';

/** What belongs to the request (or the Kafka batch) that is being worked on. */
type RequestContext = { requestId: string; traceparent?: string };

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** The W3C trace context of the request, or a new one where the client sent none. The same for all of the request. */
export function currentTraceparent(): string {
  const context = storage.getStore();
  if (context === undefined) return newTraceparent();
  context.traceparent ??= newTraceparent();
  return context.traceparent;
}
