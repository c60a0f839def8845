import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTransport } from '@florin/runtime';
import { forEachService, type ServiceName, serviceNames, settingOf } from './service-names.ts';

export type DatabaseUrls = Record<ServiceName, string>;

/** Directory of the data, ports and logs of `npm start`. */
export const developmentDirectory = join(import.meta.dirname, '../../.florin/development');

/** Prefix and password of the databases of `npm start`. */
export const developmentNames = { prefix: 'florin', password: 'florin' } as const;

type Names = { prefix: string; password: string };

/**
 * URL of each service's database for its running user, which migrations grant the rights of the service's list: at a host, or at the
 * server of another URL, with that URL's parameters.
 */
export function databaseUrlsOn(server: string | URL, names: Names): DatabaseUrls {
  return urlsOn(server, names, '_run');
}

/** URL of each service's database for the user that migrates it and owns its triggers. */
export function migrationUrlsOn(server: string | URL, names: Names): DatabaseUrls {
  return urlsOn(server, names, '');
}

function urlsOn(server: string | URL, { prefix, password }: Names, suffix: string): DatabaseUrls {
  const { host, search } = typeof server === 'string' ? { host: server, search: '' } : server;
  return forEachService((service) => {
    const name = `${prefix}_${service}`;
    return `mysql://${name}${suffix}:${password}@${host}/${name}${search}`;
  });
}

/**
 * Returns the URLs of the services' databases for the running users, from the environment (default: those of `npm start`). They say
 * whether connections use TLS.
 *
 * @throws SettingsError, or Error if only some are set, or none is set and `npm start` does not run
 */
export async function findServiceDatabases(environment: NodeJS.ProcessEnv): Promise<DatabaseUrls> {
  const settings = serviceNames.map((service) => settingOf(service, 'DATABASE_URL'));
  const missing = settings.filter((setting) => !environment[setting]);
  const { databaseAddress } = readTransport(environment);
  if (missing.length === settings.length) {
    const urls = databaseUrlsOn(`127.0.0.1:${await developmentPort()}`, developmentNames);
    return forEachService((service) => databaseAddress(urls[service]));
  }
  if (missing.length > 0) throw new Error(`Set ${missing.join(' and ')} too: the commands need all databases.`);
  return forEachService((service) => databaseAddress(environment[settingOf(service, 'DATABASE_URL')] ?? ''));
}

/**
 * Returns the URLs of the services' databases for the migrating users, which commands that change data use: AUTH_MIGRATION_DATABASE_URL
 * and so on (default: AUTH_DATABASE_URL and so on, or the users of `npm start`).
 */
export async function findMigrationDatabases(environment: NodeJS.ProcessEnv): Promise<DatabaseUrls> {
  const isSet = serviceNames.some((service) => environment[settingOf(service, 'DATABASE_URL')]);
  const usual = isSet
    ? await findServiceDatabases(environment)
    : migrationUrlsOn(`127.0.0.1:${await developmentPort()}`, developmentNames);
  const { databaseAddress } = readTransport(environment);
  return forEachService((service) =>
    databaseAddress(environment[settingOf(service, 'MIGRATION_DATABASE_URL')] || usual[service]),
  );
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
