import type { Knex } from 'knex';

/** The database's time: the one clock that all instances of a service share. In a transaction it is that of this statement. */
export async function databaseTime(db: Knex): Promise<Date> {
  const [[{ time }]] = (await db.raw('SELECT NOW(3) AS time')) as [[{ time: Date }]];
  return time;
}
