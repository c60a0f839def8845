import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { queryFirst } from './query.ts';

/** The database's time: the one clock that all instances of a service share. In a transaction it is that of this statement. */
export async function databaseTime(db: Knex): Promise<Date> {
  const row = await queryFirst<{ time: Date }>(db, 'SELECT NOW(3) AS time');
  assert(row, 'the database told no time');
  return row.time;
}
