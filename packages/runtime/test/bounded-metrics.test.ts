import { expect } from 'chai';
import sinon from 'sinon';
import { createCounter, createGauge, createMetrics } from '../src/index.ts';

describe('A metric with bounded labels', () => {
  const shown = async (metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));

  it('counts values that are not in the list of a label as other', async () => {
    const metrics = createMetrics('test');
    const counter = metrics.counter('moved_total', 'Moved', { currency: ['EUR'] });
    for (const currency of ['EUR', 'USD', 'GBP', '']) counter.inc({ currency });
    expect(await shown(metrics, 'moved_total')).to.deep.equal([
      'moved_total{currency="EUR",service="test"} 1',
      'moved_total{currency="other",service="test"} 3',
    ]);
    expect(counter.maxSeries).to.equal(2);
  });

  it('keeps the first values of a label with a maximum number', async () => {
    const metrics = createMetrics('test');
    const counter = createCounter({ name: 'declined_total', help: 'Declined', labels: { code: 2 } });
    metrics.register(counter);
    for (const code of ['A', 'B', 'C', 'D', 'A']) counter.inc({ code });
    expect(await shown(metrics, 'declined_total')).to.deep.equal([
      'declined_total{code="A",service="test"} 2',
      'declined_total{code="B",service="test"} 1',
      'declined_total{code="other",service="test"} 2',
    ]);
  });

  it('bounds methods, routes and statuses of requests', async () => {
    const metrics = createMetrics('test');
    for (let n = 0; n < 1_000; n++) metrics.observeRequest({ method: `M${n}`, route: `/r/${n}`, status: n }, 0.01);
    const { maxSeries = 0 } = metrics.registered.find(({ name }) => name === 'http_request_duration_seconds') ?? {};
    const lines = await shown(metrics, 'http_request_duration_seconds_count');
    expect(lines).to.have.length.within(2, Math.min(maxSeries, 200));
    expect(lines.every((line) => line.includes('method="other"'))).to.equal(true);
  });

  it('shows a gauge only after it was set, and not for longer than its age', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['performance'] });
    try {
      const metrics = createMetrics('test');
      const rows = createGauge({ name: 'rows', help: 'Rows', labels: {}, maxAgeMs: 1_000 });
      metrics.register(rows);
      expect(await shown(metrics, 'rows')).to.deep.equal([]);
      rows.set({}, 7);
      clock.tick(1_000);
      expect(await shown(metrics, 'rows')).to.deep.equal(['rows{service="test"} 7']);
      clock.tick(1);
      expect(await shown(metrics, 'rows')).to.deep.equal([]);
    } finally {
      clock.restore();
    }
  });

  it('shows of a collected gauge what was set at this reading', async () => {
    const metrics = createMetrics('test');
    let pools = ['main', 'search'];
    metrics.gauge(
      'used',
      'Used',
      { pool: 5 },
      {
        collect(gauge) {
          for (const [index, pool] of pools.entries()) gauge.set({ pool }, index);
        },
      },
    );
    expect(await shown(metrics, 'used')).to.have.length(2);
    pools = ['main'];
    expect(await shown(metrics, 'used')).to.deep.equal(['used{pool="main",service="test"} 0']);
  });
});
