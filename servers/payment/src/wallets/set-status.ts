import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { assertNotErased } from './erased-users.ts';
import { lockWallet, type WalletOf } from './lock-wallet.ts';
import type { ReadWallet } from './present-wallet.ts';
import type { Wallet } from './wallet.ts';

type Request = WalletOf & { actorId: string; status: Wallet['status'] };

/**
 * Freezes or unfreezes a wallet. A frozen wallet declines purchases and holds, and accepts refunds and captures. The wallet of an
 * erased user stays frozen.
 *
 * @throws AppError WALLET_NOT_FOUND, USER_ERASED
 */
export async function setStatus(trx: Knex.Transaction, { actorId, status, ...whose }: Request): Promise<ReadWallet> {
  const { wallet, lockedAt: readAt, save } = await lockWallet(trx, whose);
  if (wallet.status === status) return { wallet, readAt };
  if (status === 'active') await assertNotErased(trx, wallet.userId);
  await appendAuditEntry(trx, {
    actorId,
    action: status === 'frozen' ? 'wallet.freeze' : 'wallet.unfreeze',
    subject: wallet.id,
    before: { status: wallet.status },
    after: { status },
  });
  await save({ ...wallet, status });
  return { wallet: { ...wallet, status, version: wallet.version + 1 }, readAt };
}
