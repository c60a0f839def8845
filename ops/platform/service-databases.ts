import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachService, type ServiceName, serviceNames, settingOf } from './service-names.ts';

export type DatabaseUrls = Record<ServiceName, string>;

/** Where `npm start` keeps its data, ports and logs. */
export const developmentDirectory = join(import.meta.dirname, '../../.florin/development');

/** Of the databases that `npm start` makes. */
export const developmentNames = { prefix: 'florin', password: 'florin' } as const;

type Names = { prefix: string; password: string };

/** Each service's database as its own user reaches it. */
export function databaseUrlsOn(host: string, { prefix, password }: Names): DatabaseUrls {
  return forEachService((service) => {
    const name = `${prefix}_${service}`;
    return `mysql://${name}:${password}@${host}/${name}`;
  });
}

/**
 * Where the services' databases are: as the environment says, else those of `npm start`.
 *
 * @throws Error that says what to do, when neither is there
 */
export async function findServiceDatabases(environment: NodeJS.ProcessEnv): Promise<DatabaseUrls> {
  const settings = serviceNames.map((service) => settingOf(service, 'DATABASE_URL'));
  const missing = settings.filter((setting) => !environment[setting]);
  if (missing.length === settings.length) return databaseUrlsOn(`127.0.0.1:${await developmentPort()}`, developmentNames);
  if (missing.length > 0) throw new Error(`Set ${missing.join(' and ')} too: the services' databases belong together.`);
  return forEachService((service) => environment[settingOf(service, 'DATABASE_URL')] ?? '');
}

async function developmentPort(): Promise<number> {
  try {
    const ports = JSON.parse(await readFile(join(developmentDirectory, 'ports.json'), 'utf8')) as { database: number };
    return ports.database;
  } catch {
    const settings = serviceNames.map((service) => settingOf(service, 'DATABASE_URL'));
    throw new Error(`No databases to look at: set ${settings.join(' and ')}, or run npm start.`);
  }
}
