import { openDatabase, runTransaction } from '@florin/database';
import type { CommandActor } from '@florin/runtime';
import { type SwitchChange, setSwitch } from '@florin/service';
import { findMigrationDatabases } from '../platform/service-databases.ts';
import type { ServiceName } from '../platform/service-names.ts';
import { findSwitch, loadSwitches } from './find-switch.ts';
import type { ListedSwitch } from './list-switches.ts';

export type Throw = SwitchChange & {
  name: string;
  service?: ServiceName | undefined;
  actor: CommandActor;
  /** The addresses of the databases. */
  environment: NodeJS.ProcessEnv;
};

/**
 * Throws a switch or takes it back, in the database of its service.
 *
 * @throws UsageError if the name is unknown or not unique; AppError VALIDATION_FAILED if `until` is in the past
 */
export async function throwSwitch({ name, service: wanted, environment, ...change }: Throw): Promise<ListedSwitch> {
  const switches = await loadSwitches();
  const service = findSwitch(switches, { name, service: wanted });
  const db = openDatabase({ url: (await findMigrationDatabases(environment))[service], poolMax: 1 });
  try {
    const { since, until, ...after } = await runTransaction(db, (trx) => setSwitch(trx, name, change));
    const effect = switches[service].find((one) => one.name === name)?.effect ?? '';
    return { service, ...after, effect, since: since.toISOString(), until: until?.toISOString() ?? null };
  } finally {
    await db.destroy();
  }
}
