import assert from 'node:assert/strict';
import type { Knex } from 'knex';

/** Maximum number of cached names. */
export const MAX_KNOWN = 10_000;

/**
 * Returns the names of accounts that this process has seen. Accounts are never renamed or deleted, so the cache cannot be stale,
 * and a purchase neither reads nor locks an account.
 */
export function knownAccounts(trx: Knex.Transaction): Set<string> {
  // Knex hands the `userParams` of a database to all of its transactions: one cache per database.
  const params = trx.userParams as { knownAccounts?: Set<string> };
  params.knownAccounts ??= new Set();
  return params.knownAccounts;
}

/** Adds accounts to the cache. At the bound the oldest names leave it. Fails if one does not exist. */
export async function learnAccounts(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  await assertAccounts(trx, names);
  const known = knownAccounts(trx);
  for (const name of names) known.add(name);
  for (const name of known) if (known.size > MAX_KNOWN) known.delete(name);
}

export async function assertAccounts(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  const found = new Set<string>(await trx('accounts').whereIn('name', names).pluck('name'));
  const missing = names.filter((name) => !found.has(name));
  assert(missing.length === 0, `there is no account ${missing.join(', ')}`);
}
