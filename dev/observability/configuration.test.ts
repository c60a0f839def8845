import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { services } from '../../ops/platform/services.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { makeAuthority } from '../infra/make-certificates.ts';
import { providePromtool } from '../infra/provide-promtool.ts';
import { observability, readYaml } from './read-rules.ts';

type Scrape = {
  job_name: string;
  scheme?: string;
  honor_labels?: boolean;
  tls_config?: { ca_file?: string; server_name: string };
  dns_sd_configs?: { names: string[]; port: number }[];
  relabel_configs?: { target_label: string; replacement: string }[];
};
type Prometheus = { scrape_configs: Scrape[] };
type Route = { receiver: string; matchers?: string[]; routes?: Route[] };
type Alertmanager = { route: Route; receivers: { name: string }[]; inhibit_rules: { target_matchers: string[] }[] };
type Provisioning = { providers: { options: { path: string } }[] };

const prometheus = join(observability, 'prometheus');

describe('deploy/observability', () => {
  it('has every service as a target, at its own port and by the name in its certificate', () => {
    const parts = readYaml<Prometheus>(join(prometheus, 'prometheus.yml')).scrape_configs;
    const targets = parts.filter(({ job_name: name }) => name.startsWith('florin-'));
    expect(
      targets.flatMap(({ dns_sd_configs: of = [] }) => of.map(({ names, port }) => `${names.join()}:${port}`)),
    ).to.deep.equal(services.map(({ name, port }) => `${name}:${port}`));
    for (const { job_name: name, scheme, tls_config: tls, relabel_configs: labels, honor_labels: isHonored } of targets) {
      expect(`florin-${tls?.server_name}`).to.equal(name);
      expect([scheme, isHonored]).to.deep.equal(['http', undefined]);
      expect(labels, name).to.deep.equal([{ target_label: 'job', replacement: 'florin' }]);
    }
  });

  describe('starts Prometheus', () => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'florin-prometheus-'));
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    /** Runs start.sh with a stub of Prometheus, has promtool check the configuration, and returns what is scraped. */
    const start = async (environment: Record<string, string>): Promise<Scrape[]> => {
      const stub = join(directory, 'prometheus');
      writeFileSync(stub, '#!/bin/sh\necho "$@"\n');
      chmodSync(stub, 0o755);
      const env = { PATH: `${directory}:${process.env['PATH']}`, PROMETHEUS_ETC: prometheus, TMPDIR: directory, ...environment };
      const config = join(directory, 'prometheus.yml');
      const printed = await runCommand('sh', [join(prometheus, 'start.sh'), '--more'], { env });
      expect(printed.trim()).to.equal(`--config.file=${config} --more`);
      const promtool = await providePromtool(() => {}, AbortSignal.timeout(120_000));
      const rules = readdirSync(join(prometheus, 'rules')).length;
      expect(await runCommand(promtool, ['check', 'config', config])).to.include(`${rules} rule files found`);
      return readYaml<Prometheus>(config).scrape_configs.filter(({ job_name: name }) => name.startsWith('florin-'));
    };

    it('for services without TLS', async () => {
      for (const { scheme, tls_config: tls } of await start({})) {
        expect(scheme).to.equal('http');
        expect(tls).to.have.keys('server_name');
      }
    });

    it('for services with TLS, whose certificates it checks', async () => {
      const { certificate } = makeAuthority('Florin');
      const scraped = await start({ SERVICES_PROTOCOL: 'https', HTTP_TLS_CA: certificate });
      expect(scraped).to.have.length(services.length);
      for (const { scheme, tls_config: tls } of scraped) {
        expect(scheme).to.equal('https');
        expect(readFileSync(tls?.ca_file ?? '', 'utf8').trim()).to.equal(certificate.trim());
      }
    });

    it('for services with TLS that a well-known authority certifies', async () => {
      for (const { scheme, tls_config: tls } of await start({ SERVICES_PROTOCOL: 'https' })) {
        expect(scheme).to.equal('https');
        expect(tls).to.have.keys('server_name');
      }
    });
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
