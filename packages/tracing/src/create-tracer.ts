import type { Span, SpanAttributes, SpanEnding, SpanKind, SpanOptions, Tracer } from '@florin/runtime';
import {
  type Attributes,
  type Context,
  type Span as OtelSpan,
  SpanKind as OtelSpanKind,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { recorded } from './sampler.ts';

/** Links of one span. Of a larger set, the first members are linked. */
export const MAX_LINKS = 128;
/** Children of one span: an endless stream must not make endless spans. */
const MAX_CHILDREN = 200;

const kinds: Readonly<Record<SpanKind, OtelSpanKind>> = {
  server: OtelSpanKind.SERVER,
  client: OtelSpanKind.CLIENT,
  producer: OtelSpanKind.PRODUCER,
  consumer: OtelSpanKind.CONSUMER,
  internal: OtelSpanKind.INTERNAL,
};

const RECORDED_ROOT = recorded(ROOT_CONTEXT);

/** Makes spans of the library's tracer. The library's global context is not used: callers pass the parent. */
export function createTracer(tracer: OtelTracer): Tracer {
  return {
    start(name, options) {
      const span = tracer.startSpan(name, librarysOptions(options), contextOf(options));
      return span.isRecording() ? new RecordedSpan(tracer, span) : undefined;
    },
  };
}

class RecordedSpan implements Span {
  readonly traceparent: string;
  readonly #tracer: OtelTracer;
  readonly #span: OtelSpan;
  #children = 0;

  constructor(tracer: OtelTracer, span: OtelSpan) {
    this.#tracer = tracer;
    this.#span = span;
    const { traceId, spanId } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-01`;
  }

  child(name: string, options: Pick<SpanOptions, 'kind' | 'attributes'>): Span | undefined {
    if (this.#children === MAX_CHILDREN) return undefined;
    this.#children++;
    const span = this.#tracer.startSpan(name, librarysOptions(options), trace.setSpan(ROOT_CONTEXT, this.#span));
    return span.isRecording() ? new RecordedSpan(this.#tracer, span) : undefined;
  }

  link(to: Span): void {
    this.#span.addLink({ context: spanContextOf(to.traceparent) });
  }

  end({ name, attributes, errorType }: SpanEnding = {}): void {
    if (name !== undefined) this.#span.updateName(name);
    if (attributes !== undefined) this.#span.setAttributes(present(attributes));
    if (errorType !== undefined) this.#span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
    this.#span.end();
  }
}

function librarysOptions({ kind, attributes, links, startedAtMs }: Omit<SpanOptions, 'parent'>) {
  return {
    kind: kinds[kind],
    ...(attributes !== undefined && { attributes: present(attributes) }),
    ...(links !== undefined && { links: links.slice(0, MAX_LINKS).map((link) => ({ context: spanContextOf(link) })) }),
    ...(startedAtMs !== undefined && { startTime: startedAtMs }),
  };
}

function contextOf({ parent, isRecorded = false }: SpanOptions): Context {
  if (parent === undefined) return isRecorded ? RECORDED_ROOT : ROOT_CONTEXT;
  return trace.setSpanContext(isRecorded ? RECORDED_ROOT : ROOT_CONTEXT, spanContextOf(parent));
}

/** @param traceparent a valid one of version 00 */
function spanContextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = '0'] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

/** The library counts undefined attributes as dropped. */
function present(attributes: SpanAttributes): Attributes {
  for (const value of Object.values(attributes))
    if (value === undefined) return Object.fromEntries(Object.entries(attributes).filter(([, kept]) => kept !== undefined));
  return attributes as Attributes;
}
