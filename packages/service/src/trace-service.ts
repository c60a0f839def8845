import { componentLogger, type Logger, type Metrics, type Tracer, type TracingSettings } from '@florin/runtime';

export type ServiceTracing = {
  /** Undefined without a collector. */
  tracer: Tracer | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Parts = { name: string; config: { tracing?: TracingSettings | undefined }; logger: Logger; metrics: Metrics };

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
        logger: componentLogger(logger, 'tracing'),
        onDropped: (spans) => dropped.inc(spans),
      });
    },
    stop: async () => opened?.stop(),
  };
}
