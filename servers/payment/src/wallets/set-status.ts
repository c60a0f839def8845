import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockWallet, type WalletOf } from './lock-wallet.ts';
import type { Wallet } from './wallet.ts';

type Request = WalletOf & { actorId: string; status: Wallet['status'] };

/**
 * Freezes a wallet, or thaws it: a frozen one declines purchases and new holds, and still takes refunds and captures of what it
 * held. Repeating it changes nothing.
 *
 * @throws AppError NOT_FOUND
 */
export async function setStatus(trx: Knex.Transaction, { actorId, status, ...whose }: Request): Promise<Wallet> {
  const { wallet, save } = await lockWallet(trx, whose);
  if (wallet.status === status) return wallet;
  await appendAuditEntry(trx, {
    actorId,
    action: status === 'frozen' ? 'wallet.freeze' : 'wallet.unfreeze',
    subject: wallet.id,
    before: { status: wallet.status },
    after: { status },
  });
  await save({ ...wallet, status });
  return { ...wallet, status, version: wallet.version + 1 };
}
