import { join } from 'node:path';
import type { DatabaseUrls } from '../../ops/platform/service-databases.ts';
import { type ServiceName, serviceNames, settingOf } from '../../ops/platform/service-names.ts';

export type Ports = Record<ServiceName, number>;

type Addresses = {
  /** Folder of the platform's data. */
  directory: string;
  databaseUrls: DatabaseUrls;
  kafkaBrokers: readonly string[];
  /** Of the services of the environment, and of auth, whose URL the keys are read from. */
  ports: Partial<Ports> & Pick<Ports, 'auth'>;
};

/** Settings by which the services find each other. This process's environment takes precedence. */
export function platformEnvironment({ directory, databaseUrls, kafkaBrokers, ports }: Addresses): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(serviceNames.map((name) => [settingOf(name, 'DATABASE_URL'), databaseUrls[name]])),
    ...Object.fromEntries(
      serviceNames.flatMap((name) => (ports[name] === undefined ? [] : [[settingOf(name, 'PORT'), String(ports[name])]])),
    ),
    MEDIA_DIRECTORY: join(directory, 'images'),
    KAFKA_BROKERS: kafkaBrokers.join(','),
    JWKS_URL: `http://127.0.0.1:${ports.auth}/.well-known/jwks.json`,
  };
}

/** What the migrate step of a service gets besides: the address for its migrating user. */
export function migrationEnvironment(migrationUrls: DatabaseUrls): NodeJS.ProcessEnv {
  return Object.fromEntries(serviceNames.map((name) => [settingOf(name, 'MIGRATION_DATABASE_URL'), migrationUrls[name]]));
}
