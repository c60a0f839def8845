import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { runCommand } from '../../ops/programs/run-command.ts';
import { providePromtool } from '../infra/provide-promtool.ts';
import { expressionsOf, panelsOf } from './dashboard-expressions.ts';
import { dashboardSchema } from './dashboard-schema.ts';
import { runbookPath } from './dashboards/panels.ts';
import { readAlerts } from './read-rules.ts';
import { allDashboards, dashboardFile, dashboardJson } from './write-dashboards.ts';

const dashboards = allDashboards();
const panels = dashboards.flatMap((dashboard) => panelsOf(dashboard).map((panel) => ({ uid: dashboard.uid, ...panel })));

describe('the dashboards', () => {
  it('are what npm run docs writes', () => {
    for (const dashboard of dashboards)
      expect(readFileSync(dashboardFile(dashboard), 'utf8'), `${dashboard.uid}: run npm run docs`).to.equal(
        dashboardJson(dashboard),
      );
  });

  it('have what Grafana needs of a dashboard', () => {
    const validate = new Ajv({ allErrors: true, strict: false }).compile(dashboardSchema);
    for (const dashboard of dashboards) {
      validate(JSON.parse(dashboardJson(dashboard)));
      expect(validate.errors, dashboard.uid ?? '').to.equal(null);
    }
    expect(new Set(dashboards.map(({ uid }) => uid))).to.have.property('size', dashboards.length);
  });

  it('have panels with titles of their own that do not overlap', () => {
    for (const dashboard of dashboards) {
      const shown = panelsOf(dashboard);
      expect(new Set(shown.map(({ title }) => title)), dashboard.uid ?? '').to.have.property('size', shown.length);
      expect(new Set(shown.map(({ id }) => id)), dashboard.uid ?? '').to.have.property('size', shown.length);
      const cells = shown.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
      );
      expect(new Set(cells), dashboard.uid ?? '').to.have.property('size', cells.length);
    }
  });

  it('have only expressions that Prometheus can read', async () => {
    const promtool = await providePromtool(() => {}, AbortSignal.timeout(120_000));
    const folder = mkdtempSync(join(tmpdir(), 'florin-dashboards-'));
    try {
      const file = join(folder, 'expressions.yml');
      const rules = panels.flatMap((panel) => expressionsOf(panel).map((expr) => ({ record: 'panel', expr })));
      // A group for each, because promtool refuses two equal rules in one.
      writeFileSync(file, stringify({ groups: rules.map((rule, index) => ({ name: `panel-${index}`, rules: [rule] })) }));
      expect(await runCommand(promtool, ['check', 'rules', '--lint=none', file])).to.include(
        `SUCCESS: ${rules.length} rules found`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lead from a panel to the runbook for every alert that names the dashboard', () => {
    const alerts = readAlerts();
    for (const { alert, annotations } of alerts) {
      const linked = panels.filter(({ links = [] }) => links.some(({ url }) => url === `$docs/${runbookPath(alert)}`));
      expect(
        linked.map(({ uid }) => uid),
        `${alert} is linked by a panel`,
      ).to.include(annotations?.['dashboard']);
    }
    const paths = new Set(alerts.map(({ alert }) => `$docs/${runbookPath(alert)}`));
    for (const { links = [], title } of panels) for (const { url } of links) expect(paths, title).to.include(url);
  });
});
