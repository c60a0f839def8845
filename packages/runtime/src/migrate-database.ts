import type { Knex } from 'knex';

/** A forward-only step of a database's schema. Names carry no file extension, so that sources and builds share one history. */
export type Migration = { name: string; up(db: Knex): Promise<void> };

/** Brings the database up to the newest migration. Safe to run from several places at once: knex holds a lock row. */
export async function migrateDatabase(db: Knex, migrations: readonly Migration[]): Promise<string[]> {
  const migrationSource: Knex.MigrationSource<Migration> = {
    getMigrations: () => Promise.resolve([...migrations]),
    getMigrationName: ({ name }) => name,
    getMigration: ({ up, name }) =>
      Promise.resolve({
        up,
        down: () => Promise.reject(new Error(`Migration ${name} goes forward only.`)),
      }),
  };
  const [, applied] = (await db.migrate.latest({ migrationSource, tableName: 'migrations', disableTransactions: true })) as [
    number,
    string[],
  ];
  return applied;
}

/** Runs statements one after another; DDL commits by itself, so a migration is best one statement per table. */
export async function runStatements(db: Knex, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.raw(statement);
}
