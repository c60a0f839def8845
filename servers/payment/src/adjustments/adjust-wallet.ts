import { idBytes, newIdAt } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { postTransfers } from '../ledger/index.ts';
import { assertCovered, buildTransfer, type LockedWallet, lockWallet, type Wallet, type WalletOf } from '../wallets/index.ts';
import type { Adjustment } from './adjustment.ts';
import { savePersonalText } from './personal-texts.ts';

/** `actorId`: the admin who requests the adjustment. */
export type AdjustmentRequest = WalletOf & KeyedRequest & { actorId: string; amountMinor: number; reason: string };

/**
 * Adjusts a wallet's balance, also of a frozen wallet.
 *
 * @throws AppError WALLET_NOT_FOUND, WALLET_INSUFFICIENT_FUNDS, WALLET_FULL; a duplicate-key error if the actor used the key before
 */
export async function adjustWallet(trx: Knex.Transaction, request: AdjustmentRequest): Promise<Adjustment> {
  const { actorId, reason, userId } = request;
  const locked = await lockWallet(trx, request);
  const id = newIdAt(locked.lockedAt);
  const { adjusted, ...posted } = await moveAdjustment(trx, locked, { ...request, id });
  await insertAdjustment(trx, { ...request, id, ...posted, walletId: adjusted.id, requestHash: hashAdjustment(request) });
  await savePersonalText(trx, { id, userId, text: reason });
  await auditAdjustment(trx, { actorId, before: locked.wallet, after: adjusted, adjustmentId: id });
  await locked.save(adjusted);
  const { amountMinor, currency } = request;
  return { id, userId, amountMinor, currency, reason, status: 'posted', requestedBy: actorId, ...posted };
}

/** What posting an adjustment results in. */
export type Posted = { transferId: string; balanceAfterMinor: number; createdAt: Date };

/**
 * Posts the transfer of an adjustment to a locked wallet. The adjustment's id is the source of the transfer, and UNIQUE.
 *
 * @throws AppError WALLET_INSUFFICIENT_FUNDS, WALLET_FULL
 */
export async function moveAdjustment(
  trx: Knex.Transaction,
  { wallet, lockedAt: createdAt }: LockedWallet,
  { id: sourceId, amountMinor }: { id: string; amountMinor: number },
): Promise<Posted & { adjusted: Wallet }> {
  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const movement = { type: 'adjustment', against: 'adjustments', amountMinor, sourceId } as const;
  const { transfer, wallet: adjusted } = buildTransfer(wallet, movement);
  await postTransfers(trx, [transfer]);
  return { transferId: transfer.id, balanceAfterMinor: adjusted.balanceMinor, createdAt, adjusted };
}

/** Returns the `request_hash` of an adjustment. */
export function hashAdjustment(hashed: Readonly<Record<'userId' | 'currency' | 'amountMinor' | 'reason', unknown>>): Buffer {
  return requestHash([hashed.userId, hashed.currency, hashed.amountMinor, hashed.reason]);
}

type NewAdjustment = Posted &
  WalletOf &
  KeyedRequest & { id: string; walletId: string; actorId: string; amountMinor: number; requestHash: Buffer };

/** Inserts an adjustment. Its transfer must be posted. Its reason is a personal text. */
export async function insertAdjustment(trx: Knex.Transaction, adjustment: NewAdjustment): Promise<void> {
  await trx.raw(
    `INSERT INTO adjustments (id, wallet_id, user_id, amount_minor, currency, reason, transfer_id, balance_after_minor, adjusted_by,
       idempotency_key, request_hash, sent_hash, created_at) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(adjustment.id),
      idBytes(adjustment.walletId),
      idBytes(adjustment.userId),
      adjustment.amountMinor,
      adjustment.currency,
      idBytes(adjustment.transferId),
      adjustment.balanceAfterMinor,
      idBytes(adjustment.actorId),
      Buffer.from(adjustment.idempotencyKey),
      adjustment.requestHash,
      adjustment.sentHash ?? null,
      adjustment.createdAt,
    ],
  );
}

type Action = {
  actorId: string | null;
  before: Wallet;
  after: Wallet;
  adjustmentId: string;
  /** The admin who requested the adjustment, if the actor approved it. */
  requestedBy?: string;
};

/** Writes the audit entry. The reason is not in it, because the audit log is append-only. */
export async function auditAdjustment(trx: Knex.Transaction, { actorId, before, after, ...action }: Action): Promise<void> {
  await appendAuditEntry(trx, {
    actorId,
    action: 'wallet.adjust',
    subject: after.id,
    before: { balanceMinor: before.balanceMinor },
    after: { balanceMinor: after.balanceMinor, amountMinor: after.balanceMinor - before.balanceMinor, ...action },
  });
}
