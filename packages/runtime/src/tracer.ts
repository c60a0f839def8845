export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal';

/**
 * Attributes of a span. Ids, names and numbers; never e-mail addresses, names of people, values of statements or other text that
 * a client chose: whoever reads traces may read them. Undefined ones are left out.
 */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

export type SpanOptions = {
  kind: SpanKind;
  /** The `traceparent` of the parent (default: a new trace). */
  parent?: string | undefined;
  /** The `traceparent` of each span that this one belongs with. */
  links?: readonly string[];
  attributes?: SpanAttributes;
  /** Milliseconds since 1970 (default: now). */
  startedAtMs?: number;
  /** The work of a set is recorded whenever the trace of a member is, whatever the sampler says of a new trace. */
  isRecorded?: boolean;
};

export type SpanEnding = {
  /** Replaces the name, when the better one is known only now. */
  name?: string;
  attributes?: SpanAttributes;
  /** The code or class of the error with which the work ended. Not its message, which may have personal data. */
  errorType?: string | undefined;
};

/** A span that is recorded. A trace that is not sampled has none. */
export type Span = {
  /** For children in other processes (W3C Trace Context). */
  readonly traceparent: string;
  /** Starts a child. Undefined beyond the maximum number of children. */
  child(name: string, options: Pick<SpanOptions, 'kind' | 'attributes'>): Span | undefined;
  /** Links the span to another one, which belongs with it. */
  link(to: Span): void;
  /** A span that is never ended is never sent. */
  end(ending?: SpanEnding): void;
};

/**
 * The port to the tracing library. Only its driver (`@florin/tracing`) knows the library, which is loaded only if traces are
 * sent somewhere. Code gets the tracer passed in, and undefined if there is none.
 */
export type Tracer = {
  /** Starts a span. Undefined if its trace is not sampled. */
  start(name: string, options: SpanOptions): Span | undefined;
};

/** Names an error for a span: its code, or else its class. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
