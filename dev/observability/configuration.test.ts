import { join } from 'node:path';
import { expect } from 'chai';
import { services } from '../../ops/platform/services.ts';
import { observability, readYaml } from './read-rules.ts';

type Scrape = { job_name: string; dns_sd_configs?: { names: string[]; port: number }[] };
type Route = { receiver: string; matchers?: string[]; routes?: Route[] };
type Alertmanager = { route: Route; receivers: { name: string }[]; inhibit_rules: { target_matchers: string[] }[] };
type Provisioning = { providers: { options: { path: string } }[] };

describe('deploy/observability', () => {
  it('has every service as a target, at its own port', () => {
    const { scrape_configs: jobs } = readYaml<{ scrape_configs: Scrape[] }>(join(observability, 'prometheus/prometheus.yml'));
    const targets = jobs.find(({ job_name: name }) => name === 'florin')?.dns_sd_configs ?? [];
    expect(targets.map(({ names, port }) => `${names.join()}:${port}`)).to.have.members(
      services.map(({ name, port }) => `${name}:${port}`),
    );
  });

  it('sends each severity to a receiver of its own', () => {
    const { route, receivers } = readYaml<Alertmanager>(join(observability, 'alertmanager/alertmanager.yml'));
    const bySeverity = (route.routes ?? []).map(({ receiver, matchers = [] }) => `${matchers.join()} ${receiver}`);
    expect(bySeverity).to.deep.equal(['severity = "page" page', 'severity = "ticket" ticket']);
    expect(receivers.map(({ name }) => name)).to.have.members(['page', 'ticket']);
  });

  it('gives Grafana the folder of the dashboards in its image', () => {
    const { providers } = readYaml<Provisioning>(join(observability, 'grafana/provisioning/dashboards/florin.yml'));
    expect(providers.map(({ options }) => options.path)).to.deep.equal(['/etc/florin/dashboards']);
  });
});
