import { databaseTime } from '@florin/database';
import { type ClockWatch, type ClockWatchOptions, watchClocks } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Broker } from './broker.ts';

type Options = Omit<ClockWatchOptions, 'readers'> & { db: Knex; broker: Broker };

/** Compares the clock of this instance with those of its database and of the broker. */
export function watchServiceClocks({ db, broker, ...options }: Options): ClockWatch {
  const database = async (): Promise<number> => (await databaseTime(db)).getTime();
  const readers = { database, ...(broker.readClock && { broker: broker.readClock }) };
  return watchClocks({ ...options, readers });
}
