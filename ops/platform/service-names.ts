import { type ServiceEntry, services } from './services.ts';

export type ServiceName = (typeof services)[number]['name'];

/** Names of the services in the order of the manifest. */
export const serviceNames: readonly ServiceName[] = services.map(({ name }) => name);

/** The names as a list for messages: `auth, product, payment and media`. */
export const serviceList: string = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(serviceNames);

/** Maps each service to a value. */
export function forEachService<T>(make: (name: ServiceName, entry: ServiceEntry) => T): Record<ServiceName, T> {
  return Object.fromEntries(services.map((entry) => [entry.name, make(entry.name, entry)])) as Record<ServiceName, T>;
}

/** The name of a service's setting: `AUTH_DATABASE_URL` of `auth` and `DATABASE_URL`. */
export function settingOf(
  name: string,
  setting: 'PORT' | 'DATABASE_URL' | 'MIGRATION_DATABASE_URL' | 'DB_PASSWORD' | 'RUN_DB_PASSWORD' | 'INSTANCES' | 'URL',
): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_${setting}`;
}
