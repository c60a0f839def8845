import { execute } from '@florin/database';
import type { Knex } from 'knex';
import { assertAccounts } from './known-accounts.ts';

/**
 * Opens the accounts that do not exist yet. Post to them in a later transaction: posting caches the accounts that it reads.
 *
 * @param names 1 to 32 characters each: lower-case letters, digits and . _ : -
 */
export async function openAccounts(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  // IGNORE: ON DUPLICATE KEY UPDATE would run the trigger that forbids updates.
  await execute(trx, 'INSERT IGNORE INTO accounts (name) VALUES ?', [[...names].sort().map((name) => [name])]);
  await assertAccounts(trx, names);
}
