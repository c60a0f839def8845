import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import { boundLabels, type LabelBounds, type LabelValues } from './bounded-labels.ts';

/** A metric whose number of time series has a bound. */
export type BoundedMetric = {
  name: string;
  /** Maximum number of combinations of label values. */
  maxSeries: number;
  labelNames: readonly string[];
  help: string;
  /** The metric to register. */
  metric: Metric;
  /** Records a value whatever the kind of the metric: counts it, observes it or sets it. */
  record(labels: Readonly<Record<string, string>>, value: number): void;
};

export type BoundedCounter<Bounds extends LabelBounds> = BoundedMetric & {
  /** @param by default 1; 0 makes the series exist */
  inc(labels: LabelValues<Bounds>, by?: number): void;
};

export type BoundedHistogram<Bounds extends LabelBounds> = BoundedMetric & {
  observe(labels: LabelValues<Bounds>, value: number): void;
};

export type BoundedGauge<Bounds extends LabelBounds> = BoundedMetric & {
  set(labels: LabelValues<Bounds>, value: number): void;
};

type Options<Bounds extends LabelBounds> = { name: string; help: string; labels: Bounds };

export function createCounter<Bounds extends LabelBounds>({ name, help, labels }: Options<Bounds>): BoundedCounter<Bounds> {
  const labelNames = Object.keys(labels);
  const metric = new Counter({ name, help, labelNames, registers: [] });
  const { maxSeries, bound } = boundLabels(labels);
  const inc: BoundedCounter<Bounds>['inc'] = (values, by = 1) => metric.inc(bound(values), by);
  return { name, help, labelNames, metric, maxSeries, inc, record: inc as BoundedMetric['record'] };
}

/** @param options `buckets`: upper bounds, ascending */
export function createHistogram<Bounds extends LabelBounds>({
  name,
  help,
  labels,
  buckets,
}: Options<Bounds> & { buckets: readonly number[] }): BoundedHistogram<Bounds> {
  const labelNames = Object.keys(labels);
  const metric = new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [] });
  const { maxSeries, bound } = boundLabels(labels);
  const observe: BoundedHistogram<Bounds>['observe'] = (values, value) => metric.observe(bound(values), value);
  return { name, help, labelNames, metric, maxSeries, observe, record: observe as BoundedMetric['record'] };
}

export type GaugeOptions<Bounds extends LabelBounds> = Options<Bounds> & {
  /** Milliseconds after which a value that was set is no longer shown (default: never). For values that are measured in the background. */
  maxAgeMs?: number;
  /** Called whenever the metrics are read, to set the gauge. It must not wait for anything. */
  collect?: (gauge: Pick<BoundedGauge<Bounds>, 'set'>) => void;
};

/** Creates a gauge. It shows only values that were set, and none of them for longer than `maxAgeMs`. */
export function createGauge<Bounds extends LabelBounds>(options: GaugeOptions<Bounds>): BoundedGauge<Bounds> {
  const { name, help, labels, maxAgeMs = Number.POSITIVE_INFINITY, collect } = options;
  const labelNames = Object.keys(labels);
  const { maxSeries, bound } = boundLabels(labels);
  const shown = new Map<string, { values: LabelValues<Bounds>; at: number }>();
  const set: BoundedGauge<Bounds>['set'] = (given, value) => {
    const values = bound(given);
    shown.set(JSON.stringify(values), { values, at: performance.now() });
    metric.set(values, value);
  };
  const forget = (isForgotten: (at: number) => boolean): void => {
    for (const [key, { values, at }] of shown) {
      if (!isForgotten(at)) continue;
      shown.delete(key);
      metric.remove(values);
    }
  };
  const metric: Gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [],
    collect() {
      // What `collect` does not set again has no value now.
      if (collect !== undefined) forget(() => true);
      else forget((at) => performance.now() - at > maxAgeMs);
      collect?.({ set });
    },
  });
  // A gauge without labels would begin at 0, as if that had been measured.
  metric.remove({});
  return { name, help, labelNames, metric, maxSeries, set, record: set as BoundedMetric['record'] };
}
