import { findMigrationDatabases } from './service-databases.ts';

/**
 * Returns the URL of auth's database for its migrating user: AUTH_MIGRATION_DATABASE_URL (default: AUTH_DATABASE_URL, or the auth of
 * `npm start`). The commands that change signing keys need no other database.
 */
export async function findAuthDatabase(environment: NodeJS.ProcessEnv): Promise<string> {
  const { AUTH_MIGRATION_DATABASE_URL, AUTH_DATABASE_URL } = environment;
  return AUTH_MIGRATION_DATABASE_URL || AUTH_DATABASE_URL || (await findMigrationDatabases(environment)).auth;
}
