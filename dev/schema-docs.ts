import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dumpSchema, type Migration } from '@florin/database';
import { createTestDatabase, testInfra } from '@florin/testing';
import { type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { startInfra } from './infra/start-infra.ts';

const root = join(import.meta.dirname, '..');

/** Path of the committed schema of a service's database after all migrations. */
export function schemaPath(service: ServiceName): string {
  return join(root, 'docs/schema', `${service}.sql`);
}

export async function migrationsOf(service: ServiceName): Promise<readonly Migration[]> {
  const { migrations } = (await import(`../servers/${service}/migrations/index.ts`)) as { migrations: readonly Migration[] };
  return migrations;
}

/** Migrates an empty database and returns its schema as text. */
export async function freshSchema(service: ServiceName): Promise<string> {
  const database = await createTestDatabase(await migrationsOf(service));
  try {
    return `${header(service)}${await dumpSchema(database.db)}`;
  } finally {
    await database.drop();
  }
}

export function header(service: ServiceName): string {
  return `-- The schema of ${service}'s database after all migrations. Written by npm run docs; do not edit.\n\n`;
}

/** Writes the schemas of all services, using the tests' database server or, if none runs, one of its own. */
export async function writeSchemaDocs(): Promise<void> {
  mkdirSync(join(root, 'docs/schema'), { recursive: true });
  await withDatabase(async () => {
    for (const service of serviceNames) writeFileSync(schemaPath(service), await freshSchema(service));
  });
}

async function withDatabase(work: () => Promise<void>): Promise<void> {
  if (hasInfra()) return work();
  const infra = await startInfra({ directory: join(root, '.florin/docs'), isDurable: false, onProgress: () => {} });
  process.env['FLORIN_TEST_DATABASE_URL'] = infra.databaseUrl;
  process.env['FLORIN_TEST_KAFKA_BROKERS'] = infra.kafkaBrokers.join(',');
  try {
    await work();
  } finally {
    await infra.stop();
  }
}

function hasInfra(): boolean {
  try {
    return testInfra() !== undefined;
  } catch {
    return false;
  }
}
