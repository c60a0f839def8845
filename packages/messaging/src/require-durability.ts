import { queryOne } from '@florin/database';
import { topics } from '@florin/events';
import type { Knex } from 'knex';
import type { Broker } from './broker.ts';

/** Production would run on something that can lose what it has acknowledged. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}

/**
 * For the start of a service in production: checks what can be checked of the database's and the broker's durability.
 *
 * @throws NotDurable naming every setting that is not as it must be
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
