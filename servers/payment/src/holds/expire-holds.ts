import { execute, idText, query } from '@florin/database';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockWallets, saveWallets, type Wallet } from '../wallets/index.ts';

type Expiring = { id: Buffer; wallet_id: Buffer; amount_minor: number };

/**
 * Releases at most `limit` holds that have expired by the database's clock.
 *
 * SKIP LOCKED: wallets that a transaction is changing wait for the next run, so that no purchase waits for this job.
 *
 * @returns how many; if equal to the limit, there may be more
 */
export async function expireHolds(trx: Knex.Transaction, { limit }: { limit: number }): Promise<number> {
  const due = await findDue(trx, limit);
  const { wallets: locked } = await lockWallets(trx, {
    userIds: due.map(({ user_id }) => idText(user_id)),
    skipLocked: true,
  });
  const free = new Set([...locked.values()].flat().map(({ id }) => id));
  const expiring = await lockHeld(
    trx,
    due.filter(({ wallet_id }) => free.has(idText(wallet_id))).map(({ id }) => id),
  );
  if (expiring.length === 0) return 0;

  await execute(trx, "UPDATE holds SET status = 'expired', ended_at = NOW(3) WHERE id IN (?)", [expiring.map(({ id }) => id)]);
  const freedMinor = freedByWallet(expiring);
  const freed = [...locked].map(([userId, wallets]) => [userId, wallets.map((wallet) => release(wallet, freedMinor))] as const);
  await appendEvents(trx, await saveWallets(trx, new Map(freed), { locked }));
  return expiring.length;
}

function release(wallet: Wallet, freedMinor: ReadonlyMap<string, number>): Wallet {
  const amountMinor = freedMinor.get(wallet.id);
  return amountMinor === undefined ? wallet : { ...wallet, heldMinor: wallet.heldMinor - amountMinor };
}

function freedByWallet(expiring: readonly Expiring[]): Map<string, number> {
  const freed = new Map<string, number>();
  for (const { wallet_id, amount_minor } of expiring) {
    const walletId = idText(wallet_id);
    freed.set(walletId, (freed.get(walletId) ?? 0) + amount_minor);
  }
  return freed;
}

type Due = { id: Buffer; wallet_id: Buffer; user_id: Buffer };

async function findDue(trx: Knex.Transaction, limit: number): Promise<Due[]> {
  const rows = await query<Due>(
    trx,
    `SELECT id, wallet_id, user_id FROM holds WHERE status = 'held' AND expires_at <= NOW(3) ORDER BY expires_at LIMIT ?`,
    [limit],
  );
  return rows;
}

/** Locks the holds that have not ended meanwhile. */
async function lockHeld(trx: Knex.Transaction, ids: readonly Buffer[]): Promise<Expiring[]> {
  if (ids.length === 0) return [];
  const rows = await query<Expiring>(
    trx,
    `SELECT id, wallet_id, amount_minor FROM holds WHERE id IN (?) AND status = 'held'
     ORDER BY id FOR UPDATE`,
    [ids],
  );
  return rows;
}
