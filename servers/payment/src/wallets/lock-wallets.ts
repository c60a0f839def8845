import { query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { type Wallet, type WalletRow, walletOf } from './wallet.ts';

/** `skipLocked`: leaves out wallets that another transaction has locked, instead of waiting. */
type Options = { userIds: readonly string[]; skipLocked?: boolean };

export type LockedWallets = {
  /** By user id; users without a wallet are missing. */
  wallets: ReadonlyMap<string, readonly Wallet[]>;
  /** The database's time of the lock; this process's time if no wallet was found. */
  lockedAt: Date;
};

/** Locks all wallets of the users until the end of the transaction, in id order, so that transactions do not deadlock. */
export async function lockWallets(trx: Knex.Transaction, { userIds, skipLocked = false }: Options): Promise<LockedWallets> {
  const ids = await walletIdsOf(trx, [...new Set(userIds)]);
  const rows = ids.length === 0 ? [] : await selectForUpdate(trx, ids, skipLocked ? 'SKIP LOCKED' : '');
  const wallets = new Map<string, Wallet[]>();
  for (const wallet of rows.map(walletOf)) wallets.set(wallet.userId, [...(wallets.get(wallet.userId) ?? []), wallet]);
  return { wallets, lockedAt: rows[0]?.read_at ?? new Date() };
}

async function walletIdsOf(trx: Knex.Transaction, userIds: readonly string[]): Promise<Buffer[]> {
  if (userIds.length === 0) return [];
  const rows = await query<{ id: Buffer }>(trx, 'SELECT id FROM wallets WHERE user_id IN (?)', [userIds.map(sqlId)]);
  return rows.map(({ id }) => id);
}

type LockedRow = WalletRow & { read_at: Date };

async function selectForUpdate(trx: Knex.Transaction, ids: readonly Buffer[], wait: '' | 'SKIP LOCKED'): Promise<LockedRow[]> {
  const rows = await query<LockedRow>(
    trx,
    `SELECT wallets.*, NOW(3) AS read_at FROM wallets
      WHERE id IN (?) ORDER BY id FOR UPDATE ${wait}`,
    [ids],
  );
  return rows;
}
