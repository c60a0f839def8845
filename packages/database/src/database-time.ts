import type { Knex } from 'knex';
import { queryOne } from './query.ts';

/**
 * Returns the database's time: the one clock that all instances of a service share. In a transaction it is the time of this
 * statement.
 */
export async function databaseTime(db: Knex): Promise<Date> {
  return (await queryOne<{ time: Date }>(db, 'SELECT NOW(3) AS time')).time;
}
