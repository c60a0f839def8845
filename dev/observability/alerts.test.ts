import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { serviceNames } from '../../ops/platform/service-names.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { providePromtool } from '../infra/provide-promtool.ts';
import { runbookPath } from './dashboards/panels.ts';
import { observability, readAlerts, readYaml, ruleFiles, ruleTestFiles } from './read-rules.ts';
import { allDashboards } from './write-dashboards.ts';

type RuleTests = { tests: { alert_rule_test?: { alertname: string; exp_alerts?: unknown[] }[] }[] };

const alerts = readAlerts();
const runbook = readFileSync(resolve(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

describe('the alert rules', () => {
  let promtool: string;

  before('get promtool', async () => {
    promtool = await providePromtool(() => {}, AbortSignal.timeout(120_000));
  });

  it('are rules that Prometheus can read, in a configuration that it can read', async () => {
    expect(await runCommand(promtool, ['check', 'rules', ...ruleFiles])).to.not.match(/FAILED|duplicate/);
    const config = join(observability, 'prometheus/prometheus.yml');
    expect(await runCommand(promtool, ['check', 'config', config])).to.include(`SUCCESS: ${ruleFiles.length} rule files found`);
  });

  it('fire when they should, and only then', async () => {
    expect(await runCommand(promtool, ['test', 'rules', ...ruleTestFiles])).to.not.include('FAILED');
  });

  it('have a test in which each fires, and one in which it does not', () => {
    const checks = ruleTestFiles.flatMap((file) =>
      readYaml<RuleTests>(file).tests.flatMap(({ alert_rule_test: tested = [] }) => tested),
    );
    for (const { alert } of alerts) {
      const ofAlert = checks.filter(({ alertname }) => alertname === alert);
      expect(
        ofAlert.some(({ exp_alerts: expected = [] }) => expected.length > 0),
        `${alert} fires in a test`,
      ).to.equal(true);
      expect(
        ofAlert.some(({ exp_alerts: expected = [] }) => expected.length === 0),
        `${alert} is silent in a test`,
      ).to.equal(true);
    }
  });

  it('have names of their own, a severity, a summary and a dashboard', () => {
    const uids = allDashboards().map(({ uid }) => uid);
    expect(new Set(alerts.map(({ alert }) => alert))).to.have.property('size', alerts.length);
    for (const { alert, labels, annotations } of alerts) {
      expect(labels?.['severity'], alert).to.be.oneOf(['page', 'ticket']);
      expect(annotations, alert).to.have.keys('summary', 'runbook_url', 'dashboard');
      expect(annotations?.['dashboard'], alert).to.be.oneOf(uids);
    }
  });

  it('have a paragraph in the runbook that says what to do, and the runbook has no other', () => {
    for (const { alert, annotations } of alerts) {
      expect(annotations?.['runbook_url'], alert).to.equal(`docs/${runbookPath(alert)}`);
      const [, paragraph = ''] = new RegExp(`^### ${alert}\\n([^]*?)(?=^##|(?![^]))`, 'm').exec(runbook) ?? [];
      for (const part of ['**Means**: ', '**Customers notice**: ', '**Look**: ', '**Do**: ', '**Over when**: '])
        expect(paragraph, `${alert} in docs/runbook.md`).to.include(part);
    }
    const headings = [...runbook.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);
    expect(headings).to.have.members(alerts.map(({ alert }) => alert));
  });

  it('notice that any of the services is down', () => {
    const expr = alerts.find(({ alert }) => alert === 'FlorinServiceDown')?.expr ?? '';
    for (const name of serviceNames)
      expect(expr).to.include(`absent(process_start_time_seconds{job="florin",service="${name}"})`);
  });
});
