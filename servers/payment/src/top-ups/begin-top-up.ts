import { AppError } from '@florin/app-response';
import { assertSameRequest, idBytes, isDuplicateKey, newId, requestHash } from '@florin/runtime';
import type { Knex } from 'knex';
import { assertCovered } from '../wallets/assert-covered.ts';
import { walletErrors } from '../wallets/errors.ts';
import { lockWallet, type WalletOf } from '../wallets/lock-wallet.ts';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

export type TopUpRequest = WalletOf & { idempotencyKey: string; amountMinor: number };

type Options = {
  provider: string;
  /** Until then who began it sees to it; the sweeper from then on. */
  leaseMs: number;
};

/**
 * Records that a buyer wants to pay in: the intent, before anyone is asked for money.
 *
 * @throws AppError NOT_FOUND, WALLET_FROZEN, WALLET_FULL, IDEMPOTENCY_KEY_REUSED
 */
export async function beginTopUp(
  trx: Knex.Transaction,
  request: TopUpRequest,
  { provider, leaseMs }: Options,
  now = new Date(),
): Promise<{ topUp: TopUp; isReplay: boolean }> {
  const { userId, currency, amountMinor } = request;
  const hash = requestHash([currency, amountMinor]);
  const { wallet } = await lockWallet(trx, request);
  const earlier = await findByKey(trx, request);
  if (earlier !== undefined) {
    assertSameRequest(earlier.request_hash, hash);
    return { topUp: topUpOf(earlier), isReplay: true };
  }

  if (wallet.status === 'frozen') throw new AppError(walletErrors.WALLET_FROZEN);
  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const topUp: TopUp = { id: newId(), userId, amountMinor, currency, status: 'pending', createdAt: now };
  await trx.raw(
    `INSERT INTO top_ups (id, wallet_id, user_id, amount_minor, currency, provider, next_attempt_at, idempotency_key, request_hash,
       created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(topUp.id),
      idBytes(wallet.id),
      idBytes(userId),
      amountMinor,
      currency,
      provider,
      new Date(now.getTime() + leaseMs),
      Buffer.from(request.idempotencyKey),
      hash,
      now,
      now,
    ],
  );
  return { topUp, isReplay: false };
}

/** A concurrent request with the same key has just won; a fresh try will replay it. */
export function isTopUpKeyTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'top_ups_idempotency');
}

async function findByKey(trx: Knex.Transaction, { userId, idempotencyKey }: TopUpRequest): Promise<TopUpRow | undefined> {
  const [rows] = (await trx.raw('SELECT * FROM top_ups WHERE user_id = ? AND idempotency_key = ?', [
    idBytes(userId),
    Buffer.from(idempotencyKey),
  ])) as [TopUpRow[]];
  return rows[0];
}
