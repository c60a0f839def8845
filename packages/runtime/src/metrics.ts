import { collectDefaultMetrics, Registry } from 'prom-client';
import type { LabelBounds } from './bounded-labels.ts';
import {
  type BoundedCounter,
  type BoundedGauge,
  type BoundedHistogram,
  type BoundedMetric,
  createCounter,
  createGauge,
  createHistogram,
  type GaugeOptions,
} from './bounded-metrics.ts';
import { type SecurityEvent, securityEvents } from './security-events.ts';

export type Metrics = {
  registry: Registry;
  /** The registered metrics, without those of prom-client. */
  registered: readonly BoundedMetric[];
  register(...metrics: readonly BoundedMetric[]): void;
  observeRequest(labels: { method: string; route: string; status: number }, durationS: number): void;
  countSecurityEvent(event: SecurityEvent): void;
  /** Counts a batch. Call it once per batch. */
  observeBatch(component: BatchComponent, size: number): void;
  observeJob(job: string, run: { outcome: JobOutcome; durationS: number }): void;
  counter<Bounds extends LabelBounds>(name: string, help: string, labels: Bounds): BoundedCounter<Bounds>;
  /** @param more `collect`: called whenever the metrics are read, to set the gauge */
  gauge<Bounds extends LabelBounds>(
    name: string,
    help: string,
    labels: Bounds,
    more?: Pick<GaugeOptions<Bounds>, 'collect' | 'maxAgeMs'>,
  ): BoundedGauge<Bounds>;
};

const batchComponents = ['accept', 'consumer', 'relay'] as const;
export type BatchComponent = (typeof batchComponents)[number];

/** `skipped`: the job does not run while the clocks are not reliable, or while a switch pauses the consumer that it depends on. */
const jobOutcomes = ['success', 'failure', 'skipped'] as const;
export type JobOutcome = (typeof jobOutcomes)[number];

/** Methods that become labels. Node accepts thirty more, and each would multiply the series of every route. */
export const usualMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Routes are templates, such as `/v1/products/:id`. A service has fewer of them. */
const MAX_ROUTES = 150;
const MAX_STATUSES = 40;
/** A service has fewer jobs. */
const MAX_JOBS = 20;

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registered: BoundedMetric[] = [];
  const register = (...metrics: readonly BoundedMetric[]): void => {
    for (const { metric } of metrics) registry.registerMetric(metric);
    registered.push(...metrics);
  };
  const requests = requestDurations();
  const counted = securityEventCounter();
  const batches = batchSizes();
  const jobs = createJobMetrics();
  register(requests, counted, batches, ...jobs.metrics);
  return {
    registry,
    registered,
    register,
    countSecurityEvent: (event) => counted.inc({ event }),
    observeRequest: ({ method, route, status }, durationS) =>
      requests.observe({ method, route, status: String(status) }, durationS),
    observeBatch: (component, size) => batches.observe({ component }, size),
    observeJob: jobs.observe,
    counter(name, help, labels) {
      const counter = createCounter({ name, help, labels });
      register(counter);
      return counter;
    },
    gauge(name, help, labels, more = {}) {
      const gauge = createGauge({ name, help, labels, ...more });
      register(gauge);
      return gauge;
    },
  };
}

function requestDurations(): BoundedHistogram<{ method: readonly string[]; route: number; status: number }> {
  return createHistogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labels: { method: usualMethods, route: MAX_ROUTES, status: MAX_STATUSES },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
}

function securityEventCounter(): BoundedCounter<{ event: readonly string[] }> {
  const events = Object.keys(securityEvents);
  const counter = createCounter({
    name: 'florin_security_events_total',
    help: 'Security events by name',
    labels: { event: events },
  });
  // From 0, so that the first event is an increase.
  for (const event of events) counter.inc({ event }, 0);
  return counter;
}

function batchSizes(): BoundedHistogram<{ component: readonly string[] }> {
  return createHistogram({
    name: 'florin_batch_size',
    help: 'Items that were handled together: purchases (accept), messages (consumer), events (relay)',
    labels: { component: batchComponents },
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
  });
}

function createJobMetrics(): { metrics: readonly BoundedMetric[]; observe: Metrics['observeJob'] } {
  const runs = createCounter({
    name: 'florin_job_runs_total',
    help: 'Runs of a periodic job by outcome: success, failure, or skipped while the clocks are not reliable or a switch pauses the consumer',
    labels: { job: MAX_JOBS, outcome: jobOutcomes },
  });
  const lastSuccess = createGauge({
    name: 'florin_job_last_success_timestamp_seconds',
    help: 'Time of the last successful run of a periodic job, in seconds since 1970',
    labels: { job: MAX_JOBS },
  });
  const durations = createHistogram({
    name: 'florin_job_duration_seconds',
    help: 'Time that a run of a periodic job took',
    labels: { job: MAX_JOBS },
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
  });
  return {
    metrics: [runs, lastSuccess, durations],
    observe(job, { outcome, durationS }) {
      runs.inc({ job, outcome });
      if (outcome === 'success') lastSuccess.set({ job }, Date.now() / 1000);
      if (outcome !== 'skipped') durations.observe({ job }, durationS);
    },
  };
}
