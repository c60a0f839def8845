import { query } from '@florin/database';
import { type Invariant, sweepInvariant } from '@florin/invariants';
import type { Knex } from 'knex';

/** Checks invariants on the whole database, and returns what breaks them. */
export async function findViolations(db: Knex, invariants: readonly Invariant[]): Promise<string[]> {
  const found: string[] = [];
  const read = <Row>(sql: string, values: readonly unknown[] = []) => query<Row>(db, sql, values as never);
  for (const invariant of invariants)
    for await (const { violations } of sweepInvariant(read as never, invariant, {}))
      found.push(...violations.map(({ subject, detail }) => `${invariant.check} ${subject}: ${detail}`));
  return found;
}
