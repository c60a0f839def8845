import { AppError } from '@florin/app-response';
import { idBytes, newIdAt } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import type { Knex } from 'knex';
import { assertCovered, lockWallet, type WalletOf, walletErrors } from '../wallets/index.ts';
import type { TopUp } from './top-up.ts';

export type TopUpRequest = WalletOf & KeyedRequest & { amountMinor: number };

type Options = {
  provider: string;
  /** Time during which only the request that began the top-up calls the provider; the job does so afterwards. */
  leaseMs: number;
};

/**
 * Records the intent of a top-up, before the provider is called.
 *
 * @throws AppError WALLET_NOT_FOUND, WALLET_FROZEN, WALLET_FULL; a duplicate-key error if the user used the key before
 */
export async function beginTopUp(trx: Knex.Transaction, request: TopUpRequest, { provider, leaseMs }: Options): Promise<TopUp> {
  const { userId, currency, amountMinor } = request;
  const { wallet, lockedAt: now } = await lockWallet(trx, request);
  if (wallet.status === 'frozen') throw new AppError(walletErrors.WALLET_FROZEN);
  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const topUp: TopUp = { id: newIdAt(now), userId, amountMinor, currency, status: 'pending', createdAt: now };
  await trx.raw(
    `INSERT INTO top_ups (id, wallet_id, user_id, amount_minor, currency, provider, next_attempt_at, idempotency_key, request_hash,
       sent_hash, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(topUp.id),
      idBytes(wallet.id),
      idBytes(userId),
      amountMinor,
      currency,
      provider,
      new Date(now.getTime() + leaseMs),
      Buffer.from(request.idempotencyKey),
      hashTopUp(request),
      request.sentHash ?? null,
      now,
      now,
    ],
  );
  return topUp;
}

/** Returns the `request_hash` of a top-up. */
export function hashTopUp({ currency, amountMinor }: Readonly<Record<'currency' | 'amountMinor', unknown>>): Buffer {
  return requestHash([currency, amountMinor]);
}
