import type { DatabaseRights } from '@florin/database';
import type { Broker } from '@florin/messaging';
import type { Logger, ProcessConfig } from '@florin/runtime';
import type { Feature, ServiceContext } from './feature.ts';

export type ServiceConfig = ProcessConfig & {
  port: number;
  databaseUrl: string;
  /** Warnings for the log about settings with former names. */
  settingWarnings: readonly string[];
};

/** The exports of a server's `features.ts`: its name in the service manifest, its settings and its features. */
export type ServiceDefinition<Config extends ServiceConfig> = {
  name: string;
  /** @throws SettingsError */
  readConfig(environment?: NodeJS.ProcessEnv): Config;
  /** What its running user may do in its database. Migrations grant it, and the start compares. */
  rights: DatabaseRights;
  /** In the order of their endpoints: a fixed path must precede one with a parameter in its place. */
  features(context: ServiceContext<Config>): readonly Feature[];
};

export type ServiceOptions<Config extends ServiceConfig> = Pick<ServiceDefinition<Config>, 'name' | 'rights' | 'features'> & {
  config: Config;
  /** For tests. */
  overrides?: { logger?: Logger; broker?: Broker };
};
