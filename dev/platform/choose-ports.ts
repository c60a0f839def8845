import { forEachService, serviceNames, settingOf } from '../../ops/platform/service-names.ts';
import { isPortFree } from './free-ports.ts';
import type { Ports } from './platform-environment.ts';

export type ChosenPorts = { services: Ports; gateway: number };

const GATEWAY_PORT = 8080;

/**
 * Returns the ports that the environment chooses, or the defaults.
 *
 * @throws Error that names each port that is taken, and the setting for another one
 */
export async function choosePorts(environment: NodeJS.ProcessEnv): Promise<ChosenPorts> {
  const services = forEachService((name, { port }) => Number(environment[settingOf(name, 'PORT')] || port));
  const gateway = Number(environment['FLORIN_GATEWAY_PORT'] || GATEWAY_PORT);
  const wanted = [
    { name: 'the gateway', port: gateway, setting: 'FLORIN_GATEWAY_PORT' },
    ...serviceNames.map((name) => ({ name, port: services[name], setting: settingOf(name, 'PORT') })),
  ];
  const areFree = await Promise.all(wanted.map(({ port }) => isPortFree(port)));
  const taken = wanted.filter((_, index) => areFree[index] === false);
  if (taken.length > 0)
    throw new Error(
      taken.map(({ name, port, setting }) => `Port ${port} is taken: choose another for ${name} with ${setting}.`).join('\n'),
    );
  return { services, gateway };
}
