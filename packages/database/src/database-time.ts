import type { Knex } from 'knex';
import { queryOne } from './query.ts';

/** The database's time: the one clock that all instances of a service share. In a transaction it is that of this statement. */
export async function databaseTime(db: Knex): Promise<Date> {
  return (await queryOne<{ time: Date }>(db, 'SELECT NOW(3) AS time')).time;
}
