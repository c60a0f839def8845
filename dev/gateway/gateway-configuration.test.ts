import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { forEachService } from '../../ops/platform/service-names.ts';
import { gatewayConfiguration } from './gateway-configuration.ts';

const root = join(import.meta.dirname, '../..');

/** How a line of containers may differ from that of npm start. */
const localised: [ofContainers: RegExp, ofThisMachine: RegExp][] = [
  [/^listen 8080;$/, /^listen 127\.0\.0\.1:4080;$/],
  [/^set \$\w+ http:\/\/\w+:\d+(\/openapi\.json)?;$/, /^set \$\w+ http:\/\/127\.0\.0\.1:\d+(\/openapi\.json)?;$/],
  [/^(root|alias) \/srv\/florin\/(storefront|console)[/\w]*;$/, /^(root|alias) .*\/apps\/(storefront|console)\/dist[/\w]*;$/],
  [/ \/tmp\/[\w.-]+;$/, / \/run\/gateway\/[\w.-]+;$/],
];

describe('the gateway of npm start', () => {
  it('has the configuration of containers, except for addresses and folders', async () => {
    const ports = forEachService((_, { port }) => port + 1_000);
    const place = { address: '127.0.0.1', port: 4080, ports, directory: '/run/gateway' };
    const own = (await gatewayConfiguration({}, place)).split('\n');
    const ofContainers = composeConfiguration().split('\n');
    expect(own).to.have.length(ofContainers.length);
    for (const [index, line] of own.entries()) {
      const other = ofContainers[index] ?? '';
      const isLocalised = localised.some(([from, to]) => from.test(other.trim()) && to.test(line.trim()));
      if (!isLocalised) expect(line).to.equal(other);
    }
    const text = own.join('\n');
    for (const port of Object.values(ports)) expect(text).to.include(`http://127.0.0.1:${port};`);
  });

  it('takes the settings of containers', async () => {
    const place = { address: '127.0.0.1', port: 4080, ports: {}, directory: '/run/gateway' };
    const settings = { FLORIN_GATEWAY_REQUESTS_PER_S: '7', CORS_ORIGINS: '' };
    const text = await gatewayConfiguration(settings, place);
    expect(text).to.include('rate=7r/s').and.include('map ",,|$http_origin"');
  });
});

function composeConfiguration(): string {
  const file = readFileSync(join(root, 'deploy/compose/gateway.yml'), 'utf8');
  const { services } = parse(file) as { services: { gateway: { environment: { GATEWAY_CONF: string } } } };
  return services.gateway.environment.GATEWAY_CONF.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll('$$', '$');
}
