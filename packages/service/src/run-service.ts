import { createTransact, grantRights, type Migration, migrateDatabase, openDatabase, type Transact } from '@florin/database';
import { topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { type Broker, setEventSignatures, storeSignatureStarts } from '@florin/messaging';
import { actorOfProcess, auditMigrations, type CommandActor, type Logger, readMigrationUrl, runProcess } from '@florin/runtime';
import type { Knex } from 'knex';
import { createService } from './create-service.ts';
import { plainHttpWarnings } from './plain-http-warnings.ts';
import type { ServiceConfig, ServiceDefinition } from './service-definition.ts';
import { createServiceLogger } from './service-parts.ts';

/** Runs a service as this process, with the settings of the environment, until a signal ends it. */
export async function runService<Config extends ServiceConfig>(definition: ServiceDefinition<Config>): Promise<void> {
  const config = definition.readConfig();
  const service = createService({ ...definition, config });
  await runProcess(service, {
    logger: service.logger,
    stopTimeoutMs: config.stopTimeoutMs,
    warnings: [...config.settingWarnings, ...plainHttpWarnings(config)],
  });
}

export type MigrateOptions = {
  /** Settings (default: those of this process). */
  environment?: NodeJS.ProcessEnv;
  /** Who the audit log names (default: who started this process). */
  actor?: CommandActor;
};

/**
 * Migrates the service's database to this release's schema, grants the running user its rights, and creates missing topics. A
 * new database requires signed events from the first one.
 */
export async function migrateService<Config extends ServiceConfig>(
  { name, readConfig, rights }: ServiceDefinition<Config>,
  migrations: readonly Migration[],
  { environment = process.env, actor = actorOfProcess() }: MigrateOptions = {},
): Promise<void> {
  const config = readConfig(environment);
  const { databaseUrl, kafka } = config;
  const migrationUrl = readMigrationUrl(name, environment) ?? databaseUrl;
  const logger = createServiceLogger(name, config);
  const db = openDatabase({ url: migrationUrl, poolMax: 2 });
  const broker = kafkaBroker({ ...kafka, clientId: `florin-${name}-migrate`, logger });
  try {
    const applied = await migrateDatabase(db, migrations, auditMigrations(actor));
    const granted = migrationUrl === databaseUrl ? [] : await grantRights(db, databaseUrl, rights);
    await broker.createTopics(topics, kafka);
    // A new installation has no instances that publish unsigned events.
    if (applied.length === migrations.length) await requireSignatures(db, broker);
    logger.info('migrated', { applied, granted });
  } finally {
    await broker.disconnect();
    await db.destroy();
  }
}

async function requireSignatures(db: Knex, broker: Broker): Promise<void> {
  const bounds = await broker.bounds(topics);
  await storeSignatureStarts(
    db,
    bounds.map(({ topic, partition, high }) => ({ topic, partition, offset: high })),
  );
}

export type SeedParts<Config> = { config: Config; db: Knex; transact: Transact; logger: Logger };

/** Fills the service's database with development data. Events go into the outbox, which the service publishes. */
export async function seedService<Config extends ServiceConfig>(
  { name, readConfig }: ServiceDefinition<Config>,
  seed: (parts: SeedParts<Config>) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  const logger = createServiceLogger(name, config);
  const db = openDatabase({ url: config.databaseUrl, poolMax: 4 });
  setEventSignatures(db, config.eventSignatures);
  try {
    await seed({ config, db, transact: createTransact(db), logger });
  } finally {
    await db.destroy();
  }
}
