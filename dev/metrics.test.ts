import { readFileSync } from 'node:fs';
import { createMetrics, type Metrics } from '@florin/runtime';
import { inspectService } from '@florin/service';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadDefinition } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { withMetricTable } from './metric-table.ts';

const REQUESTS = 'http_request_duration_seconds';
/** Maximum number of combinations of label values of one metric, and of the durations of requests by method, route and status. */
const MAX_SERIES = 250;
const MAX_SERIES_OF_REQUESTS = 50_000;
/** More than any bound of a label. */
const FUZZED_VALUES = 600;

/** prom-client's own metrics have a fixed set of labels. */
const defaultMetrics = new Set(
  createMetrics('none')
    .registry.getMetricsAsArray()
    .map(({ name }) => name),
);

async function metricsOf(service: (typeof serviceNames)[number]): Promise<Metrics> {
  return inspectService(await loadDefinition(service)).metrics;
}

describe('the metrics', () => {
  for (const service of serviceNames) {
    it(`of ${service} have bounded labels`, async () => {
      const { registry, registered } = await metricsOf(service);
      const bounded = new Set(registered.map(({ name }) => name));
      const free = registry.getMetricsAsArray().filter(({ name }) => !bounded.has(name) && !defaultMetrics.has(name));
      expect(
        free.map(({ name }) => name),
        'create metrics with createCounter, createGauge or createHistogram',
      ).to.deep.equal([]);
      for (const { name, maxSeries } of registered)
        expect(maxSeries, name).to.be.at.most(name === REQUESTS ? MAX_SERIES_OF_REQUESTS : MAX_SERIES);
    });

    it(`of ${service} keep to their bounds whatever values requests and events have`, async () => {
      const { registry, registered } = await metricsOf(service);
      const values = fc.sample(fc.string({ minLength: 1, maxLength: 40 }), { numRuns: FUZZED_VALUES, seed: 17 });
      for (const metric of registered) {
        values.forEach((_, index) => {
          const labels = metric.labelNames.map(
            (name, position) => [name, values[(index * (position + 1)) % FUZZED_VALUES]] as const,
          );
          metric.record(Object.fromEntries(labels) as Record<string, string>, 1);
        });
        const series = (await seriesOf(registry, metric.name)).size;
        expect(series, metric.name).to.be.at.most(metric.maxSeries);
        if (metric.name !== REQUESTS) expect(series, metric.name).to.be.at.most(MAX_SERIES);
      }
    });
  }

  it('are those of the table in docs/operations.md, which npm run docs writes', async () => {
    const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
    expect(page).to.equal(await withMetricTable(page));
  });
});

/** The distinct label sets of a metric; buckets of one histogram count once. */
async function seriesOf(registry: Metrics['registry'], name: string): Promise<Set<string>> {
  const { values = [] } = (await registry.getSingleMetric(name)?.get()) ?? {};
  return new Set(values.map(({ labels }: { labels: object }) => JSON.stringify({ ...labels, le: undefined })));
}
