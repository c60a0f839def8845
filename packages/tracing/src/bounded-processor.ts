import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';

/** Spans that wait or are being sent. At about 1 KiB each, this bounds the memory. */
const MAX_WAITING = 8_192;
const BATCH_SIZE = 512;
const SEND_EVERY_MS = 1_000;

type Options = {
  exportTimeoutMs: number;
  onDropped(spans: number): void;
  /** Called after each request to the collector, with its failure or undefined. */
  onFailing(error: unknown): void;
};

export type BoundedProcessor = SpanProcessor & {
  /** Counts spans that are still waiting as dropped. */
  dropWaiting(): void;
};

/**
 * The library's batch processor with a count of the spans that it does not send. The library's own queue drops silently; here a
 * span beyond the bound does not get there.
 */
export function boundedProcessor(exporter: SpanExporter, { exportTimeoutMs, onDropped, onFailing }: Options): BoundedProcessor {
  let waiting = 0;
  const counting: SpanExporter = {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const isSent = result.error === undefined && result.code === 0;
        // After `dropWaiting` they have been counted.
        const left = Math.min(spans.length, waiting);
        waiting -= left;
        if (!isSent) onDropped(left);
        onFailing(isSent ? undefined : (result.error ?? new Error('The collector refused the spans.')));
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
  const batches = new BatchSpanProcessor({
    exporter: counting,
    maxQueueSize: MAX_WAITING,
    maxExportBatchSize: BATCH_SIZE,
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: exportTimeoutMs + SEND_EVERY_MS,
  });
  return {
    onStart() {},
    onEnd(span) {
      if (waiting >= MAX_WAITING) {
        onDropped(1);
        return;
      }
      waiting++;
      batches.onEnd(span);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
    dropWaiting() {
      if (waiting > 0) onDropped(waiting);
      waiting = 0;
    },
  };
}
