import { componentLogger, type Logger, type Metrics, type Tracer } from '@florin/runtime';
import type { ServiceConfig } from './service-definition.ts';

/** The part of the time for stopping that a collector which hangs may take, and its maximum in milliseconds. */
const FLUSH_SHARE = 0.2;
const MAX_FLUSH_MS = 2_000;

export type ServiceTracing = {
  /** Undefined without a collector. */
  tracer: Tracer | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Parts = { name: string; config: Pick<ServiceConfig, 'tracing' | 'stopTimeoutMs'>; logger: Logger; metrics: Metrics };

/** Traces the service if it has a collector. The tracing library is loaded only then. Nothing is traced before `start`. */
export function traceService({ name, config, logger, metrics }: Parts): ServiceTracing {
  const dropped = metrics.counter(
    'florin_trace_spans_dropped_total',
    'Spans that were not sent, because the collector did not take them in time',
    {},
  );
  const { tracing: settings } = config;
  if (settings === undefined) return { tracer: undefined, start: async () => {}, stop: async () => {} };
  let opened: { tracer: Tracer; stop(): Promise<void> } | undefined;
  return {
    tracer: { start: (span, options) => opened?.tracer.start(span, options) },
    async start() {
      const { openTracing } = await import('@florin/tracing');
      opened = openTracing({
        ...settings,
        service: name,
        flushTimeoutMs: Math.min(config.stopTimeoutMs * FLUSH_SHARE, MAX_FLUSH_MS),
        logger: componentLogger(logger, 'tracing'),
        onDropped: (spans) => dropped.inc(spans),
      });
    },
    stop: async () => opened?.stop(),
  };
}
