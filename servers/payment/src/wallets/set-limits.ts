import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { assertCovered } from './assert-covered.ts';
import { assertNotErased } from './erased-users.ts';
import { lockWallet, type WalletOf } from './lock-wallet.ts';
import type { ReadWallet } from './present-wallet.ts';
import type { Wallet } from './wallet.ts';

export type Limits = { creditLimitMinor?: number; spendLimitMinor?: number; dailyLimitMinor?: number | null };

type Request = WalletOf & { actorId: string; limits: Limits };

/**
 * Sets a wallet's limits. Missing limits keep their values.
 *
 * @throws AppError WALLET_NOT_FOUND; USER_ERASED; WALLET_INSUFFICIENT_FUNDS if the new credit limit does not cover the balance and
 *   the holds; WALLET_FULL
 */
export async function setLimits(trx: Knex.Transaction, { actorId, limits, ...whose }: Request): Promise<ReadWallet> {
  const { wallet, lockedAt: readAt, save } = await lockWallet(trx, whose);
  const limited = { ...wallet, ...limits };
  if (limitsText(limited) === limitsText(wallet)) return { wallet, readAt };
  await assertNotErased(trx, wallet.userId);
  assertCovered(limited);
  await appendAuditEntry(trx, {
    actorId,
    action: 'wallet.set-limits',
    subject: wallet.id,
    before: limitsOf(wallet),
    after: limitsOf(limited),
  });
  await save(limited);
  return { wallet: { ...limited, version: wallet.version + 1 }, readAt };
}

function limitsOf({ creditLimitMinor, spendLimitMinor, dailyLimitMinor }: Wallet) {
  return { creditLimitMinor, spendLimitMinor, dailyLimitMinor };
}

function limitsText(wallet: Wallet): string {
  return JSON.stringify(limitsOf(wallet));
}
