import { migrations as auth } from '@florin/auth-server/migrations';
import { migrations as payment } from '@florin/payment-server/migrations';
import { migrations as product } from '@florin/product-server/migrations';
import type { Migration } from '@florin/runtime';
import knex from 'knex';
import { findContractions } from './find-contractions.ts';

/** What of all migrations would get in the way of instances of the release before; empty when nothing would. */
export async function checkMigrations(
  services: Record<string, readonly Migration[]> = { auth, product, payment },
): Promise<string[]> {
  const findings: string[] = [];
  for (const [service, migrations] of Object.entries(services)) {
    const steps = await Promise.all(
      migrations.map(async (migration) => ({ ...migration, statements: await statementsOf(migration) })),
    );
    findings.push(...findContractions(steps).map((finding) => `${service} ${finding}`));
  }
  return findings;
}

/** What it would run, on a database that only listens. */
async function statementsOf({ up }: Migration): Promise<string[]> {
  const statements: string[] = [];
  const db = knex({ client: 'mysql2' });
  Object.assign(db.client as object, {
    acquireConnection: () => Promise.resolve({}),
    releaseConnection: () => Promise.resolve(),
    _query(_connection: unknown, query: { sql: string }) {
      statements.push(query.sql);
      return Promise.resolve({ ...query, response: [[], []] });
    },
  });
  for (const step of up) await (typeof step === 'string' ? statements.push(step) : step(db));
  return statements;
}
