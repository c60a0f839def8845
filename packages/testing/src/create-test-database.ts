import { type Migration, newId, openDatabase } from '@florin/database';
import type { Knex } from 'knex';
import { migrateOnce } from './migrate-once.ts';
import { testInfra } from './test-infra.ts';

export type TestDatabase = { db: Knex; url: string; drop(): Promise<void> };

/** Creates a migrated database for one test file; `drop` removes it and closes the pool. If the migration fails, nothing stays open. */
export async function createTestDatabase(migrations: readonly Migration[]): Promise<TestDatabase> {
  await using opened = new AsyncDisposableStack();
  const name = `florin_test_${newId().replaceAll('-', '')}`;
  const { databaseUrl } = testInfra();
  await onServer(databaseUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  opened.defer(() => onServer(databaseUrl, `DROP DATABASE ${name}`));
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const db = opened.adopt(openDatabase({ url: url.href, poolMax: 30 }), (pool) => pool.destroy());
  await migrateOnce(db, migrations, url.href);
  const closing = opened.move();
  return { db, url: url.href, drop: () => closing.disposeAsync() };
}

async function onServer(databaseUrl: string, statement: string): Promise<void> {
  const server = openDatabase({ url: databaseUrl, poolMax: 1 });
  try {
    await server.raw(statement);
  } finally {
    await server.destroy();
  }
}
