import { migrationSettings, readSecretFiles, secretSettings } from '@florin/runtime';
import { loadSettings } from './load-service.ts';
import { serviceNames } from './service-names.ts';

/** Secrets that only commands read. */
const OF_COMMANDS = ['BACKUP_DATABASE_PASSWORD'];

/**
 * Replaces each `NAME_FILE` of a secret in the environment by `NAME`, so that a command and the programs that it starts read
 * secrets as the services do.
 *
 * @throws Error that names every file that cannot be read
 */
export async function takeSecretFiles(environment: NodeJS.ProcessEnv): Promise<void> {
  const { values, faults } = readSecretFiles(environment, await secretNames());
  const lines = Object.values(faults);
  if (lines.length > 0) throw new Error(lines.join('\n'));
  for (const [name, value] of Object.entries(values)) {
    environment[name] = value;
    delete environment[`${name}_FILE`];
  }
}

/** Returns the names of the secrets of services, of migrations and of commands. */
export async function secretNames(): Promise<string[]> {
  const schemas = [...(await Promise.all(serviceNames.map(loadSettings))), ...serviceNames.map(migrationSettings)];
  return [...new Set([...OF_COMMANDS, ...schemas.flatMap(secretSettings)])];
}
