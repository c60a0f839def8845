import { AppError } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { idBytes, newIdAt } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { assertCovered, lockWallet, type WalletOf, walletErrors } from '../wallets/index.ts';
import type { Hold } from './hold.ts';

type Request = WalletOf & KeyedRequest & { actorId: string; amountMinor: number; ttlS: number };

/**
 * Places a hold on a wallet. It expires by the database's clock.
 *
 * @throws AppError OWN_ACCOUNT, WALLET_NOT_FOUND, WALLET_FROZEN, WALLET_INSUFFICIENT_FUNDS; a duplicate-key error if the actor used the key before
 */
export async function placeHold(trx: Knex.Transaction, request: Request): Promise<Hold> {
  const { actorId, userId, currency, amountMinor, ttlS } = request;
  requireOther(actorId, userId);
  const { wallet, lockedAt: createdAt, save } = await lockWallet(trx, request);
  if (wallet.status === 'frozen') throw new AppError(walletErrors.WALLET_FROZEN);
  const holding = { ...wallet, heldMinor: wallet.heldMinor + amountMinor };
  assertCovered(holding);
  const id = newIdAt(createdAt);
  const expiresAt = new Date(createdAt.getTime() + ttlS * 1000);
  const hold: Hold = { id, userId, amountMinor, capturedMinor: 0, currency, status: 'held', expiresAt, createdAt };
  await insertHold(trx, hold, { ...request, walletId: wallet.id });
  await appendAuditEntry(trx, { actorId, action: 'hold.place', subject: hold.id, after: { userId, amountMinor, currency } });
  await save(holding);
  return hold;
}

/** Returns the `request_hash` of a hold. */
export function hashHold(hashed: Readonly<Record<'userId' | 'currency' | 'amountMinor' | 'ttlS', unknown>>): Buffer {
  return requestHash([hashed.userId, hashed.currency, hashed.amountMinor, hashed.ttlS]);
}

async function insertHold(trx: Knex.Transaction, hold: Hold, request: Request & { walletId: string }): Promise<void> {
  await trx.raw(
    `INSERT INTO holds (id, wallet_id, user_id, amount_minor, currency, expires_at, placed_by, idempotency_key, request_hash,
       sent_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(hold.id),
      idBytes(request.walletId),
      idBytes(hold.userId),
      hold.amountMinor,
      hold.currency,
      hold.expiresAt,
      idBytes(request.actorId),
      Buffer.from(request.idempotencyKey),
      hashHold(request),
      request.sentHash ?? null,
      hold.createdAt,
    ],
  );
}
