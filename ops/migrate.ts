import { fileURLToPath } from 'node:url';
import { type CommandActor, commandActor } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from './command-line.ts';
import { findBrokers } from './platform/operator-broker.ts';
import { findMigrationDatabases, findServiceDatabases } from './platform/service-databases.ts';
import { type ServiceName, serviceNames, settingOf } from './platform/service-names.ts';
import { runCommand } from './programs/run-command.ts';

const help = `npm run migrate -- [--service ${serviceNames.join('|')}] [--as USER] [--json]

Migrates the databases to this release's schema and creates missing topics, while services run. Concurrent migrations wait for
each other. Completed migrations are skipped.

Each service's database is migrated as the user of AUTH_MIGRATION_DATABASE_URL and so on. The user of AUTH_DATABASE_URL and so on,
which the service runs as, gets the rights of the service's list over each table, and loses others.

Each service uses its own settings from the environment (AUTH_DATABASE_URL ..., KAFKA_BROKERS, KAFKA_PREFIX, KAFKA_PARTITIONS,
KAFKA_REPLICATION_FACTOR). Addresses default to npm start's.

${asHelp}

Exit code 0: done; 1: failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { service: { type: 'string' }, ...asFlag },
  async run({ values, answer, progress, signal }) {
    const actor = commandActor(values);
    const services = serviceNames.filter((name) => values['service'] === undefined || values['service'] === name);
    if (services.length === 0) throw new UsageError(`--service must be one of ${serviceNames.join(', ')}.`);
    const environment = await environmentOf();
    const applied: Partial<Record<ServiceName, string[]>> = {};
    for (const service of services) {
      applied[service] = await migrate(service, { environment, signal, actor });
      progress(`${service}: ${applied[service].join(', ') || 'nothing to do'}`);
    }
    answer(applied, 'Migrated.');
    return 0;
  },
});

async function environmentOf(): Promise<Record<string, string>> {
  const urls = await findServiceDatabases(process.env);
  const migrationUrls = await findMigrationDatabases(process.env);
  const brokers = await findBrokers(process.env);
  const addresses = serviceNames.flatMap((name): [string, string][] => [
    [settingOf(name, 'DATABASE_URL'), urls[name]],
    [settingOf(name, 'MIGRATION_DATABASE_URL'), migrationUrls[name]],
  ]);
  return { ...(Object.fromEntries(addresses) as Record<string, string>), KAFKA_BROKERS: brokers.join(','), LOG_LEVEL: 'info' };
}

/** Runs the migration in its own process, as containers do: it checks the service's settings. */
async function migrate(
  service: ServiceName,
  { environment, signal, actor }: { environment: Record<string, string>; signal: AbortSignal; actor: CommandActor },
): Promise<string[]> {
  const file = fileURLToPath(import.meta.resolve(`@florin/${service}-server/migrate`));
  const printed = await runCommand(
    process.execPath,
    [...process.execArgv, file, '--as', actor.actorId ?? actor.actorName ?? ''],
    { env: environment, signal },
  );
  return printed.split('\n').flatMap(appliedIn);
}

function appliedIn(line: string): string[] {
  if (!line.startsWith('{')) return [];
  const { applied = [] } = JSON.parse(line) as { applied?: string[] };
  return applied;
}
