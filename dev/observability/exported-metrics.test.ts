import { inspectService } from '@florin/service';
import { expect } from 'chai';
import { loadDefinition } from '../../ops/platform/load-service.ts';
import { serviceNames } from '../../ops/platform/service-names.ts';
import { expressionsOf, panelsOf } from './dashboard-expressions.ts';
import { findGroupings, findSelectors } from './find-selectors.ts';
import { readRules } from './read-rules.ts';
import { allDashboards } from './write-dashboards.ts';

type Exported = { name: string; type: string; labelNames: readonly string[] };

/** Labels that Prometheus adds. */
const labelsOfTarget = ['job', 'instance'];
/** Those, and the one that every metric of a service has. */
const labelsOfAll = [...labelsOfTarget, 'service'];
/** Series that Prometheus makes. */
const ofPrometheus = ['up', 'ALERTS'];

describe('the metrics of rules and dashboards', () => {
  const labelsByMetric = new Map<string, Set<string>>();
  const rules = readRules();

  before('read what the services export', async () => {
    for (const name of serviceNames) {
      const { registry } = inspectService(await loadDefinition(name)).metrics;
      for (const exported of registry.getMetricsAsArray() as unknown as Exported[]) addSeries(labelsByMetric, exported);
    }
    for (const name of ofPrometheus) labelsByMetric.set(name, new Set(labelsOfAll));
    for (const { record } of rules) if (record !== undefined) labelsByMetric.set(record, new Set(['slo', ...labelsOfAll]));
  });

  const uses = [
    ...rules.map(({ alert, record, expr }) => ({ place: alert ?? record ?? '', expr })),
    ...allDashboards().flatMap((dashboard) =>
      panelsOf(dashboard).flatMap((panel) =>
        expressionsOf(panel).map((expr) => ({ place: `${dashboard.uid}: ${panel.title}`, expr })),
      ),
    ),
  ];

  it('are exported by a service, with the labels that the expressions select by', () => {
    const missing = uses.flatMap(({ place, expr }) =>
      findSelectors(expr).flatMap(({ metric, labels }) => {
        const known = labelsByMetric.get(metric);
        if (known === undefined) return [`${metric} (${place})`];
        const unknown = labels.filter((label) => !known.has(label));
        return unknown.map((label) => `${metric}{${label}} (${place})`);
      }),
    );
    expect(missing).to.deep.equal([]);
  });

  it('have the labels that the expressions group by, under the names that Prometheus gives them', () => {
    const wrong = uses.flatMap(({ place, expr }) => {
      const labels = new Set(findSelectors(expr).flatMap(({ metric }) => [...(labelsByMetric.get(metric) ?? [])]));
      // `job` of a metric with a job of its own is the target's.
      const isAmbiguous = (label: string): boolean => labels.has(`exported_${label}`);
      const unfit = findGroupings(expr).filter((label) => !labels.has(label) || isAmbiguous(label));
      return unfit.map((label) => `${label} (${place})`);
    });
    expect(wrong).to.deep.equal([]);
  });
});

/** A histogram is three metrics in Prometheus. */
function addSeries(labelsByMetric: Map<string, Set<string>>, { name, type, labelNames }: Exported): void {
  const labels = [...labelNames.map(inPrometheus), ...labelsOfAll];
  if (type === 'histogram') {
    labelsByMetric.set(`${name}_bucket`, new Set([...labels, 'le']));
    for (const part of ['sum', 'count']) labelsByMetric.set(`${name}_${part}`, new Set(labels));
  } else labelsByMetric.set(name, new Set(labels));
}

/** Prometheus renames a label that is also one of the target, because `honor_labels` is off. */
function inPrometheus(label: string): string {
  return labelsOfTarget.includes(label) ? `exported_${label}` : label;
}
