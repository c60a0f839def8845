import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf, type Logger, type Tracer, type TracingSettings } from '@florin/runtime';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { boundedProcessor } from './bounded-processor.ts';
import { createTracer, MAX_LINKS } from './create-tracer.ts';
import { createSampler } from './sampler.ts';

export type TracingOptions = TracingSettings & {
  /** The service's name, as in the log. */
  service: string;
  logger: Pick<Logger, 'warn' | 'info'>;
  /** Called with the number of spans that were not sent. */
  onDropped(spans: number): void;
  /** Milliseconds that one request to the collector may take, with its retries (default 5,000). */
  exportTimeoutMs?: number;
  /** Milliseconds that `stop` waits for the collector (default 2,000). */
  flushTimeoutMs?: number;
};

export type Tracing = {
  tracer: Tracer;
  /** Sends the waiting spans. Returns after `flushTimeoutMs` at the latest; what is not sent by then counts as dropped. */
  stop(): Promise<void>;
};

/** Requests to the collector at a time. */
const MAX_REQUESTS = 2;
const EXPORT_TIMEOUT_MS = 5_000;
const FLUSH_TIMEOUT_MS = 2_000;

/**
 * Sends spans to a collector, as OTLP over HTTP in JSON, in the background. A collector that is away, slow or hangs costs spans,
 * never time: the queue is bounded, and so is each request.
 */
export function openTracing(options: TracingOptions): Tracing {
  const { endpoint, headers, exportTimeoutMs = EXPORT_TIMEOUT_MS, flushTimeoutMs = FLUSH_TIMEOUT_MS } = options;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: exportTimeoutMs,
    concurrencyLimit: MAX_REQUESTS,
  });
  const processor = boundedProcessor(exporter, { exportTimeoutMs, onDropped: options.onDropped, onFailing: logFaults(options) });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      ...options.resourceAttributes,
      'service.name': options.service,
      'service.namespace': 'florin',
    }),
    sampler: createSampler(options),
    spanLimits: { linkCountLimit: MAX_LINKS },
    spanProcessors: [processor],
  });
  return {
    tracer: createTracer(provider.getTracer('florin')),
    async stop() {
      const timer = new AbortController();
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, sleep(flushTimeoutMs, undefined, { signal: timer.signal, ref: true }).catch(() => {})]);
      timer.abort();
      processor.dropWaiting();
    },
  };
}

/** Logs when sending begins to fail and when it works again, not each failure. */
function logFaults({ logger, endpoint }: TracingOptions): (error: unknown) => void {
  let isFailing = false;
  return (error) => {
    if ((error !== undefined) === isFailing) return;
    isFailing = error !== undefined;
    const { origin } = new URL(endpoint);
    if (isFailing) logger.warn('cannot send traces', { collector: origin, ...faultOf(error) });
    else logger.info('traces are sent again', { collector: origin });
  };
}
