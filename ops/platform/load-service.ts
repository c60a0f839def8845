import type { Migration } from '@florin/database';
import type { ServiceConfig, ServiceDefinition } from '@florin/service';
import type { ObjectSchema } from 'joi';
import type { ServiceName } from './service-names.ts';

/** The definition of a service: the one that `features.ts` exports under the service's name. */
export async function loadDefinition(name: ServiceName): Promise<ServiceDefinition<ServiceConfig>> {
  const exported = (await import(`@florin/${name}-server`)) as Record<string, ServiceDefinition<ServiceConfig>>;
  const definition = Object.values(exported).find((value) => value.name === name && typeof value.features === 'function');
  if (definition === undefined) throw new Error(`@florin/${name}-server exports no definition of ${name}.`);
  return definition;
}

/** The schema of a service's settings. */
export async function loadSettings(name: ServiceName): Promise<ObjectSchema> {
  return ((await import(`@florin/${name}-server/config`)) as { settings: ObjectSchema }).settings;
}

export async function loadMigrations(name: ServiceName): Promise<readonly Migration[]> {
  return ((await import(`@florin/${name}-server/migrations`)) as { migrations: readonly Migration[] }).migrations;
}
