import { openDatabase } from '@florin/database';
import { readSwitches } from '@florin/service';
import type { DatabaseUrls } from '../platform/service-databases.ts';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import type { DefinedSwitch } from './find-switch.ts';

export type ListedSwitch = DefinedSwitch & {
  service: ServiceName;
  isOn: boolean;
  reason: string;
  since: string | null;
  until: string | null;
  by: string | null;
};

/** Reads the state of all switches from the databases. Those of a database that does not answer are in `unread`. */
export async function listSwitches(
  switches: Record<ServiceName, readonly DefinedSwitch[]>,
  urls: DatabaseUrls,
): Promise<{ listed: ListedSwitch[]; unread: ServiceName[] }> {
  const listed: ListedSwitch[] = [];
  const unread: ServiceName[] = [];
  for (const service of serviceNames) {
    if (switches[service].length === 0) continue;
    const stored = await readFrom(urls[service]).catch(() => undefined);
    if (stored === undefined) unread.push(service);
    else listed.push(...switches[service].map((one) => stateOf(service, one, stored)));
  }
  return { listed, unread };
}

async function readFrom(url: string) {
  const db = openDatabase({ url, poolMax: 1 });
  try {
    return await readSwitches(db);
  } finally {
    await db.destroy();
  }
}

function stateOf(service: ServiceName, defined: DefinedSwitch, stored: Awaited<ReturnType<typeof readFrom>>): ListedSwitch {
  const { isOn = false, reason = '', since, until, by = null } = stored.find(({ name }) => name === defined.name) ?? {};
  return { service, ...defined, isOn, reason, since: since?.toISOString() ?? null, until: until?.toISOString() ?? null, by };
}
