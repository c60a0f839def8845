import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ServiceName } from '../../ops/platform/service-names.ts';

const root = join(import.meta.dirname, '../..');
const composeFile = join(root, 'deploy/compose/gateway.yml');
/** A port without a listener. */
const UNUSED_PORT = 1;

export type GatewaySettings = Readonly<Partial<Record<string, string>>>;

export type GatewayPlace = {
  /** Address and port to listen on. */
  address: string;
  port: number;
  /** Ports of the services on this machine. A request for another service gets 503. */
  ports: Readonly<Partial<Record<ServiceName, number>>>;
  /** Directory of nginx's own files. */
  directory: string;
};

/**
 * Returns the gateway's configuration of containers for this machine: the same routes, headers and limits. Only its addresses
 * and folders differ.
 */
export async function gatewayConfiguration(settings: GatewaySettings, { address, port, ports, directory }: GatewayPlace) {
  const configuration = await readConfiguration(settings);
  return configuration
    .replaceAll('/tmp/', `${directory}/`)
    .replaceAll(/\/srv\/florin\/(\w+)/g, (_, app: string) => join(root, 'apps', app, 'dist'))
    .replace('listen 8080;', `listen ${address}:${port};`)
    .replaceAll(/(https?):\/\/(\w+):\d+/g, (_, protocol: string, name: ServiceName) => {
      return `${protocol}://127.0.0.1:${ports[name] ?? UNUSED_PORT}`;
    });
}

/** Renders the configuration as Compose does: inserts settings and replaces $$ by $. */
async function readConfiguration(settings: GatewaySettings): Promise<string> {
  type ComposeFile = { services: { gateway: { environment: { GATEWAY_CONF: string } } } };
  const { services } = parse(await readFile(composeFile, 'utf8')) as ComposeFile;
  const configuration = services.gateway.environment.GATEWAY_CONF;
  return configuration
    .replaceAll(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, preset: string) => settings[name] || preset)
    .replaceAll('$$', '$');
}
