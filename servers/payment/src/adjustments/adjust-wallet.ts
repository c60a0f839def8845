import { idBytes, newIdAt } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { postTransfers } from '../ledger/index.ts';
import { assertCovered, buildTransfer, lockWallet, type WalletOf } from '../wallets/index.ts';
import type { Adjustment } from './adjustment.ts';

type Request = WalletOf & KeyedRequest & { actorId: string; amountMinor: number; reason: string };

/**
 * Adjusts a wallet's balance, also of a frozen wallet.
 *
 * @throws AppError WALLET_NOT_FOUND, WALLET_INSUFFICIENT_FUNDS, WALLET_FULL; a duplicate-key error if the actor used the key before
 */
export async function adjustWallet(trx: Knex.Transaction, request: Request): Promise<Adjustment> {
  const { actorId, userId, currency, amountMinor, reason } = request;
  const { wallet, lockedAt: createdAt, save } = await lockWallet(trx, request);
  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const id = newIdAt(createdAt);
  const { transfer, wallet: adjusted } = buildTransfer(wallet, {
    type: 'adjustment',
    against: 'adjustments',
    amountMinor,
    sourceId: id,
  });
  const { balanceMinor: balanceAfterMinor } = adjusted;
  const posted = { transferId: transfer.id, balanceAfterMinor, createdAt };
  const adjustment = { id, userId, amountMinor, currency, reason, ...posted };
  await postTransfers(trx, [transfer]);
  await insertAdjustment(trx, adjustment, { ...request, walletId: wallet.id });
  await appendAuditEntry(trx, {
    actorId,
    action: 'wallet.adjust',
    subject: wallet.id,
    before: { balanceMinor: wallet.balanceMinor },
    after: { balanceMinor: balanceAfterMinor, amountMinor, reason, adjustmentId: id },
  });
  await save(adjusted);
  return adjustment;
}

/** Returns the `request_hash` of an adjustment. */
export function hashAdjustment(hashed: Readonly<Record<'userId' | 'currency' | 'amountMinor' | 'reason', unknown>>): Buffer {
  return requestHash([hashed.userId, hashed.currency, hashed.amountMinor, hashed.reason]);
}

/** Inserts an adjustment. Its transfer must be posted. */
export async function insertAdjustment(
  trx: Knex.Transaction,
  adjustment: Adjustment,
  request: Pick<Request, 'actorId' | 'idempotencyKey' | 'sentHash'> & { walletId: string },
): Promise<void> {
  await trx.raw(
    `INSERT INTO adjustments (id, wallet_id, user_id, amount_minor, currency, reason, transfer_id, balance_after_minor, adjusted_by,
       idempotency_key, request_hash, sent_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(adjustment.id),
      idBytes(request.walletId),
      idBytes(adjustment.userId),
      adjustment.amountMinor,
      adjustment.currency,
      adjustment.reason,
      idBytes(adjustment.transferId),
      adjustment.balanceAfterMinor,
      idBytes(request.actorId),
      Buffer.from(request.idempotencyKey),
      hashAdjustment(adjustment),
      request.sentHash ?? null,
      adjustment.createdAt,
    ],
  );
}
