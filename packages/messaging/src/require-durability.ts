import { queryOne } from '@florin/database';
import { topics } from '@florin/events';
import type { Knex } from 'knex';
import type { Broker } from './broker.ts';

/** The database or the broker could lose data that it has acknowledged. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}

/**
 * Checks the durability settings of the database and the broker, for the start of a service in production.
 *
 * @throws NotDurable naming every wrong setting
 */
export async function requireDurability(db: Knex, broker: Broker): Promise<void> {
  const faults = [...(await databaseFaults(db)), ...(await broker.durabilityFaults(topics))];
  if (faults.length > 0)
    throw new NotDurable(`Not durable enough for production:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}

type DatabaseSettings = { flush_log: number; has_binlog: number; sync_binlog: number };

async function databaseFaults(db: Knex): Promise<string[]> {
  const settings = await queryOne<DatabaseSettings>(
    db,
    'SELECT @@innodb_flush_log_at_trx_commit AS flush_log, @@log_bin AS has_binlog, @@sync_binlog AS sync_binlog',
  );
  return faultsOf(settings);
}

export function faultsOf({ flush_log, has_binlog, sync_binlog }: DatabaseSettings): string[] {
  return [
    ...(flush_log === 1 ? [] : ['the database: set innodb_flush_log_at_trx_commit to 1']),
    ...(has_binlog === 1 && sync_binlog !== 1 ? ['the database: set sync_binlog to 1'] : []),
  ];
}
