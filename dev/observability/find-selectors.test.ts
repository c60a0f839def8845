import { expect } from 'chai';
import { findGroupings, findSelectors } from './find-selectors.ts';

describe('findSelectors', () => {
  it('finds each metric with the labels it is selected by, and no function, keyword, label, unit or text', () => {
    const expression = `
      histogram_quantile(0.99, sum by (le, service) (rate(http_bucket{method="GET",route!~".*(export|x{y).*"}[10m]))) > 1.5e3
      and on (service) (max without (pod) (outbox_rows) unless outbox_rows offset 15m) >= bool 3 * 3600
      or label_replace(florin:ratio, "a", "$1", 'job', "(.+)") or deriv(max(lag{topic = "a"})[15m:1m]) or vector(0)`;
    expect(findSelectors(expression)).to.deep.equal([
      { metric: 'http_bucket', labels: ['method', 'route'] },
      { metric: 'outbox_rows', labels: [] },
      { metric: 'outbox_rows', labels: [] },
      { metric: 'florin:ratio', labels: [] },
      { metric: 'lag', labels: ['topic'] },
    ]);
  });
});

describe('findGroupings', () => {
  it('finds each label of a grouping or a matching once', () => {
    const expression = `
      sum by (le, service) (rate(http_bucket{route="by (nobody)"}[10m])) / on(service) group_left () max without ( pod ) (outbox_rows)`;
    expect(findGroupings(expression)).to.deep.equal(['le', 'service', 'pod']);
  });
});
