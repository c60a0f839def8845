import { type AuthConfig, readConfig } from '@florin/auth-server/config';
import { openDatabase, runTransaction } from '@florin/database';
import type { Knex } from 'knex';
import { findMigrationDatabases } from './service-databases.ts';

/**
 * Reads auth's settings for commands that change signing keys. The database is that of the migrating user:
 * AUTH_MIGRATION_DATABASE_URL (default: AUTH_DATABASE_URL, or the auth of `npm start`). The commands publish no events.
 *
 * @throws SettingsError
 */
export async function readAuthConfig(environment: NodeJS.ProcessEnv): Promise<AuthConfig> {
  const { AUTH_MIGRATION_DATABASE_URL, AUTH_DATABASE_URL } = environment;
  const url = AUTH_MIGRATION_DATABASE_URL || AUTH_DATABASE_URL || (await findMigrationDatabases(environment)).auth;
  return readConfig({ KAFKA_BROKERS: 'none', ...environment, AUTH_DATABASE_URL: url });
}

/** Runs one transaction in auth's database. */
export async function inAuthDatabase<T>(
  { databaseUrl }: Pick<AuthConfig, 'databaseUrl'>,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const db = openDatabase({ url: databaseUrl, poolMax: 1 });
  try {
    return await runTransaction(db, work);
  } finally {
    await db.destroy();
  }
}
