import { AsyncLocalStorage } from 'node:async_hooks';
import { newTraceparent } from '@florin/events';
import type { Span } from './tracer.ts';

/** Fields of a log line. Undefined ones are left out. */
export type LogFields = Readonly<Record<string, string | number | undefined>>;

/** The request or Kafka batch that is being processed. */
export type RequestContext = {
  requestId: string;
  /** The id that the client sent, beside our own. */
  clientRequestId?: string | undefined;
  traceparent?: string | undefined;
  /** The span of the request or batch, if its trace is sampled. */
  span?: Span | undefined;
  /** Returns further fields for log lines, such as the user. Called for each line. */
  describe?(): LogFields;
};

const TRACE_ID_START = 3;
const TRACE_ID_END = 35;

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Runs work that belongs to no request, such as a timer for all of them, whoever starts it. */
export function runWithoutContext<T>(work: () => T): T {
  return storage.exit(work);
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** The span that is being worked on; undefined if its trace is not sampled. */
export function currentSpan(): Span | undefined {
  return storage.getStore()?.span;
}

/** Makes a span that began after its context the current one of this context. */
export function enterSpan(span: Span): void {
  const context = storage.getStore();
  if (context === undefined) return;
  context.span = span;
  context.traceparent = span.traceparent;
}

/**
 * The `traceparent` (W3C Trace Context) of the current request, or a new one if the client sent none. It stays the same for the
 * whole request.
 */
export function currentTraceparent(): string {
  const context = storage.getStore();
  return context === undefined ? newTraceparent() : traceparentOf(context);
}

/** Returns the fields of log lines that are written now: of the request or batch, or none outside of both. */
export function currentLogFields(): LogFields {
  const context = storage.getStore();
  if (context === undefined) return {};
  const { requestId, clientRequestId } = context;
  const traceId = traceparentOf(context).slice(TRACE_ID_START, TRACE_ID_END);
  return { requestId, clientRequestId, traceId, ...context.describe?.() };
}

function traceparentOf(context: RequestContext): string {
  context.traceparent ??= context.span?.traceparent ?? newTraceparent();
  return context.traceparent;
}
