import type { Migration } from '@florin/database';
import knex, { type Knex } from 'knex';
import { loadMigrations } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { findContractions } from './find-contractions.ts';

/** Returns the migrations' statements that break instances of the previous release. */
export async function checkMigrations(services?: Record<string, readonly Migration[]>): Promise<string[]> {
  const findings: string[] = [];
  for (const [service, migrations] of Object.entries(services ?? (await allMigrations()))) {
    const steps = await Promise.all(
      migrations.map(async (migration) => ({ ...migration, statements: await statementsOf(migration) })),
    );
    findings.push(...findContractions(steps).map((finding) => `${service} ${finding}`));
  }
  return findings;
}

async function allMigrations(): Promise<Record<string, readonly Migration[]>> {
  return Object.fromEntries(await Promise.all(serviceNames.map(async (name) => [name, await loadMigrations(name)] as const)));
}

/** Records the statements of a migration without running them. */
async function statementsOf({ up }: Migration): Promise<string[]> {
  const statements: string[] = [];
  const db = knex({ client: 'mysql2' });
  Object.assign(db.client as object, {
    acquireConnection: () => Promise.resolve({}),
    releaseConnection: () => Promise.resolve(),
    transaction: (work: (trx: Knex) => Promise<unknown>) => work(db),
    _query(_connection: unknown, query: { sql: string }) {
      statements.push(query.sql);
      return Promise.resolve({ ...query, response: [[], []] });
    },
  });
  for (const step of up) await (typeof step === 'string' ? statements.push(step) : step(db));
  return statements;
}
