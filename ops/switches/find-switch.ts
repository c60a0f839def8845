import { inspectService, type Switch } from '@florin/service';
import { UsageError } from '../command-line.ts';
import { loadDefinition } from '../platform/load-service.ts';
import { forEachService, type ServiceName, serviceNames } from '../platform/service-names.ts';

export type DefinedSwitch = Pick<Switch, 'name' | 'effect'>;

/** The switches that each service defines. Reads no database. */
export async function loadSwitches(): Promise<Record<ServiceName, DefinedSwitch[]>> {
  const loaded = await Promise.all(
    serviceNames.map(async (name) => [name, inspectService(await loadDefinition(name)).switches.list()] as const),
  );
  const found = new Map(loaded);
  return forEachService((service) => (found.get(service) ?? []).map(({ name, effect }) => ({ name, effect })));
}

/**
 * Finds the service of a switch.
 *
 * @throws UsageError if no service, or more than one, has a switch of this name
 */
export function findSwitch(
  switches: Record<ServiceName, readonly DefinedSwitch[]>,
  { name, service }: { name: string; service?: ServiceName | undefined },
): ServiceName {
  const having = serviceNames.filter((one) => switches[one].some((known) => known.name === name));
  const chosen = service === undefined ? having : having.filter((one) => one === service);
  const [only] = chosen;
  if (only !== undefined && chosen.length === 1) return only;
  if (chosen.length > 1) throw new UsageError(`${chosen.join(' and ')} have a switch ${name}: choose one with --service.`);
  const known = serviceNames.flatMap((one) => switches[one].map((known) => `  ${one}  ${known.name}`));
  const where = service === undefined ? 'There is no switch' : `${service} has no switch`;
  throw new UsageError(`${where} ${JSON.stringify(name)}. The switches are:\n${known.join('\n')}`);
}
