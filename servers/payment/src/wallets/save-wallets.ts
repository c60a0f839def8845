import assert from 'node:assert/strict';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { currentTraceparent, idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Wallet, type WalletsByUser, walletState } from './wallet.ts';

/**
 * Writes the wallets that differ from what this transaction has `locked`, each as its next version.
 *
 * @returns one `wallet-changed` per changed wallet, for the outbox
 */
export async function saveWallets(
  trx: Knex.Transaction,
  now: WalletsByUser,
  { locked }: { locked: WalletsByUser },
): Promise<OutgoingEvent[]> {
  const before = new Set([...locked.values()].flat());
  const changed = [...now.values()].flat().filter((wallet) => !before.has(wallet));
  if (changed.length === 0) return [];
  const wallets = changed.map((wallet) => ({ ...wallet, version: wallet.version + 1 }));
  await updateWallets(trx, wallets);
  return wallets.map((wallet) =>
    makeEvent('wallet-changed', { sequence: wallet.version, data: walletState(wallet), traceparent: currentTraceparent() }),
  );
}

/**
 * By key: a server that woke up from a crash may think the table smaller than it is, and would read, and so lock, all wallets to
 * find these, in the way of those who hold the others.
 */
async function updateWallets(trx: Knex.Transaction, wallets: readonly Wallet[]): Promise<void> {
  const row = `SELECT ? AS id, ? AS balance_minor, ? AS held_minor, ? AS credit_limit_minor, ? AS spend_limit_minor,
    ? AS daily_limit_minor, ? AS spent_on, ? AS spent_minor, ? AS status, ? AS version, ? AS entry_sequence`;
  const [{ affectedRows }] = (await trx.raw(
    `UPDATE (${wallets.map(() => row).join(' UNION ALL ')}) AS changed
       STRAIGHT_JOIN wallets FORCE INDEX (PRIMARY) ON wallets.id = changed.id
        SET wallets.balance_minor = changed.balance_minor,
            wallets.held_minor = changed.held_minor,
            wallets.credit_limit_minor = changed.credit_limit_minor,
            wallets.spend_limit_minor = changed.spend_limit_minor,
            wallets.daily_limit_minor = changed.daily_limit_minor,
            wallets.spent_on = changed.spent_on,
            wallets.spent_minor = changed.spent_minor,
            wallets.status = changed.status,
            wallets.version = changed.version,
            wallets.entry_sequence = changed.entry_sequence`,
    wallets.flatMap((wallet) => [
      idBytes(wallet.id),
      wallet.balanceMinor,
      wallet.heldMinor,
      wallet.creditLimitMinor,
      wallet.spendLimitMinor,
      wallet.dailyLimitMinor,
      wallet.spentOn,
      wallet.spentMinor,
      wallet.status,
      wallet.version,
      wallet.entrySequence,
    ]),
  )) as [{ affectedRows: number }];
  assert.equal(affectedRows, wallets.length, 'a changed wallet is not there');
}
