import assert from 'node:assert/strict';
import { execute, sqlId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { type Wallet, type WalletsByUser, walletState } from './wallet.ts';

/**
 * Updates the wallets that differ from what this transaction `locked`, each with its next version.
 *
 * @returns a `wallet-changed` event for each changed wallet
 */
export async function saveWallets(
  trx: Knex.Transaction,
  now: WalletsByUser,
  { locked }: { locked: WalletsByUser },
): Promise<OutgoingEvent[]> {
  const before = new Map([...locked.values()].flat().map((wallet) => [wallet.id, wallet]));
  const changed = [...now.values()].flat().filter((wallet) => before.get(wallet.id) !== wallet);
  if (changed.length === 0) return [];
  const wallets = changed.map((wallet) => ({ ...wallet, version: wallet.version + 1 }));
  await updateWallets(trx, wallets, before);
  return wallets.map((wallet) => makeEvent('wallet-changed', { sequence: wallet.version, data: walletState(wallet) }));
}

/** The columns that may change. */
const columns = [
  ['version', (wallet: Wallet) => wallet.version],
  ['balance_minor', (wallet: Wallet) => wallet.balanceMinor],
  ['entry_sequence', (wallet: Wallet) => wallet.entrySequence],
  ['spent_minor', (wallet: Wallet) => wallet.spentMinor],
  ['spent_on', (wallet: Wallet) => wallet.spentOn],
  ['spent_from', (wallet: Wallet) => wallet.spentFrom],
  ['held_minor', (wallet: Wallet) => wallet.heldMinor],
  ['credit_limit_minor', (wallet: Wallet) => wallet.creditLimitMinor],
  ['spend_limit_minor', (wallet: Wallet) => wallet.spendLimitMinor],
  ['daily_limit_minor', (wallet: Wallet) => wallet.dailyLimitMinor],
  ['status', (wallet: Wallet) => wallet.status],
] as const;

/**
 * STRAIGHT_JOIN by key: after a crash the server may underestimate the table, scan it and so lock all wallets. Writes only columns
 * in which a wallet differs: a purchase changes half of them.
 */
async function updateWallets(
  trx: Knex.Transaction,
  wallets: readonly Wallet[],
  before: ReadonlyMap<string, Wallet>,
): Promise<void> {
  const written = columns.filter(([, read]) => wallets.some((wallet) => read(wallet) !== read(before.get(wallet.id) ?? wallet)));
  const first = `SELECT ? AS id, ${written.map(([column]) => `? AS ${column}`).join(', ')}`;
  const further = ` UNION ALL SELECT ?, ${written.map(() => '?').join(', ')}`;
  const { affectedRows } = await execute(
    trx,
    `UPDATE (${first}${further.repeat(wallets.length - 1)}) AS changed
       STRAIGHT_JOIN wallets FORCE INDEX (PRIMARY) ON wallets.id = changed.id
        SET ${written.map(([column]) => `wallets.${column} = changed.${column}`).join(', ')}`,
    wallets.flatMap((wallet) => [sqlId(wallet.id), ...written.map(([, read]) => read(wallet))]),
  );
  assert.equal(affectedRows, wallets.length, 'a changed wallet is missing');
}
