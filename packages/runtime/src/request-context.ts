import { AsyncLocalStorage } from 'node:async_hooks';
import { newTraceparent } from '@florin/events';

/** The request or Kafka batch that is being processed. */
type RequestContext = { requestId: string; traceparent?: string };

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/**
 * The `traceparent` (W3C Trace Context) of the current request, or a new one if the client sent none. It stays the same for the
 * whole request.
 */
export function currentTraceparent(): string {
  const context = storage.getStore();
  if (context === undefined) return newTraceparent();
  context.traceparent ??= newTraceparent();
  return context.traceparent;
}
