import { type Event, isSampled } from '@florin/events';
import { enterSpan, errorTypeOf, runInContext, type Span, type Tracer } from '@florin/runtime';
import { isPoison } from './is-poison.ts';

/** The spans of one attempt to handle a batch. */
export type BatchTrace = {
  /**
   * Starts the span of the batch if the trace of an event is sampled. From now on it is the current span, so it holds the
   * batch's statements.
   */
  begin(events: readonly Event[]): void;
  /** Returns the `traceparent` that continues the event's trace: that of its own `process` span, or the event's. */
  traceparentOf(event: Event): string | undefined;
};

type Traced = { tracer?: Tracer | undefined; consumer: string };

/**
 * Runs one attempt to handle a batch, with its spans. Each event has a `process` span in its own trace, which is linked to the span
 * of the batch. If the attempt fails, the span of the batch is kept and those of the events are not: nothing has come of them.
 */
export async function tracingBatch<T>(
  { tracer, consumer }: Traced,
  requestId: string,
  work: (trace?: BatchTrace) => Promise<T>,
): Promise<T> {
  if (tracer === undefined) return work();
  const spans = createSpans(tracer, consumer);
  return runInContext({ requestId }, async () => {
    try {
      const result = await work(spans);
      spans.end();
      return result;
    } catch (error) {
      spans.fail(error);
      throw error;
    }
  });
}

function createSpans(tracer: Tracer, consumer: string) {
  const startedAtMs = Date.now();
  const processed = new Map<string, Span>();
  let batch: Span | undefined;
  return {
    begin(events: readonly Event[]): void {
      // Once per attempt, even if its transaction is run again.
      if (batch !== undefined || !events.some(isTraced)) return;
      batch = tracer.start(`batch ${consumer}`, {
        kind: 'consumer',
        startedAtMs,
        isRecorded: true,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.name': 'process',
          'messaging.operation.type': 'process',
          'messaging.consumer.group.name': consumer,
          'messaging.batch.message_count': events.length,
        },
      });
      if (batch !== undefined) enterSpan(batch);
    },
    traceparentOf(event: Event): string | undefined {
      if (batch === undefined || !isTraced(event)) return event.traceparent;
      const known = processed.get(event.id);
      if (known !== undefined) return known.traceparent;
      const span = startProcessing(tracer, event, startedAtMs);
      if (span === undefined) return event.traceparent;
      span.link(batch);
      processed.set(event.id, span);
      return span.traceparent;
    },
    end(): void {
      for (const span of processed.values()) span.end();
      batch?.end();
    },
    /** A poison event's own span is kept too, once the event is alone. */
    fail(error: unknown): void {
      const errorType = errorTypeOf(error);
      if (processed.size === 1 && isPoison(error)) for (const span of processed.values()) span.end({ errorType });
      batch?.end({ errorType });
    },
  };
}

function startProcessing(tracer: Tracer, event: Event, startedAtMs: number): Span | undefined {
  return tracer.start(`process ${event.type}`, {
    startedAtMs,
    kind: 'consumer',
    parent: event.traceparent,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'cloudevents.event_id': event.id,
      'cloudevents.event_type': event.type,
      'cloudevents.event_subject': event.subject,
    },
  });
}

function isTraced({ traceparent }: Event): boolean {
  return traceparent !== undefined && isSampled(traceparent);
}
