import { type DatabaseOptions, openDatabase } from '@florin/database';
import { setEventSignatures } from '@florin/messaging';
import type { Knex } from 'knex';

/** Opens a database whose events stay unsigned: no service consumes them. */
export function openUnsigned(options: DatabaseOptions): Knex {
  const db = openDatabase(options);
  setEventSignatures(db, { mode: 'off' });
  return db;
}
