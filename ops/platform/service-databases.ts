import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachService, type ServiceName, serviceNames, settingOf } from './service-names.ts';

export type DatabaseUrls = Record<ServiceName, string>;

/** Directory of the data, ports and logs of `npm start`. */
export const developmentDirectory = join(import.meta.dirname, '../../.florin/development');

/** Prefix and password of the databases of `npm start`. */
export const developmentNames = { prefix: 'florin', password: 'florin' } as const;

type Names = { prefix: string; password: string };

/** URL of each service's database, for its own user. */
export function databaseUrlsOn(host: string, { prefix, password }: Names): DatabaseUrls {
  return forEachService((service) => {
    const name = `${prefix}_${service}`;
    return `mysql://${name}:${password}@${host}/${name}`;
  });
}

/**
 * Returns the URLs of the services' databases from the environment (default: those of `npm start`).
 *
 * @throws Error if only some are set, or none is set and `npm start` does not run
 */
export async function findServiceDatabases(environment: NodeJS.ProcessEnv): Promise<DatabaseUrls> {
  const settings = serviceNames.map((service) => settingOf(service, 'DATABASE_URL'));
  const missing = settings.filter((setting) => !environment[setting]);
  if (missing.length === settings.length) return databaseUrlsOn(`127.0.0.1:${await developmentPort()}`, developmentNames);
  if (missing.length > 0) throw new Error(`Set ${missing.join(' and ')} too: the commands need all databases.`);
  return forEachService((service) => environment[settingOf(service, 'DATABASE_URL')] ?? '');
}

async function developmentPort(): Promise<number> {
  try {
    const ports = JSON.parse(await readFile(join(developmentDirectory, 'ports.json'), 'utf8')) as { database: number };
    return ports.database;
  } catch {
    const settings = serviceNames.map((service) => settingOf(service, 'DATABASE_URL'));
    throw new Error(`No databases: set ${settings.join(' and ')}, or run npm start.`);
  }
}
