import { appendAuditEntry, assertSameRequest, idBytes, idText, isDuplicateKey, newId, requestHash } from '@florin/runtime';
import type { Knex } from 'knex';
import { moveMoney } from '../ledger/move-money.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { assertCovered } from '../wallets/assert-covered.ts';
import { lockWallet, type WalletOf } from '../wallets/lock-wallet.ts';

/** Money that an admin gave a wallet, or took from it. */
export type Adjustment = {
  id: string;
  userId: string;
  /** Signed: negative is what was taken. */
  amountMinor: number;
  currency: string;
  reason: string;
  transferId: string;
  balanceAfterMinor: number;
  createdAt: Date;
};

type Request = WalletOf & { actorId: string; idempotencyKey: string; amountMinor: number; reason: string };

/**
 * Corrects a wallet's balance, frozen or not.
 *
 * @throws AppError NOT_FOUND, WALLET_INSUFFICIENT_FUNDS, WALLET_FULL, IDEMPOTENCY_KEY_REUSED
 */
export async function adjustWallet(
  trx: Knex.Transaction,
  request: Request,
): Promise<{ adjustment: Adjustment; isReplay: boolean }> {
  const { actorId, userId, currency, amountMinor, reason } = request;
  const hash = requestHash([userId, currency, amountMinor, reason]);
  const { wallet, save } = await lockWallet(trx, request);
  const earlier = await findByKey(trx, request);
  if (earlier !== undefined) {
    assertSameRequest(earlier.request_hash, hash);
    return { adjustment: adjustmentOf(earlier), isReplay: true };
  }

  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const id = newId();
  const { transfer, wallet: adjusted } = moveMoney(wallet, {
    type: 'adjustment',
    account: 'adjustments',
    gainMinor: amountMinor,
    sourceId: id,
  });
  const { balanceMinor: balanceAfterMinor } = adjusted;
  const posted = { transferId: transfer.id, balanceAfterMinor, createdAt: new Date() };
  const adjustment = { id, userId, amountMinor, currency, reason, ...posted };
  await postTransfers(trx, [transfer]);
  await insertAdjustment(trx, adjustment, { ...request, walletId: wallet.id, hash });
  await appendAuditEntry(trx, {
    actorId,
    action: 'wallet.adjust',
    subject: wallet.id,
    before: { balanceMinor: wallet.balanceMinor },
    after: { balanceMinor: balanceAfterMinor, amountMinor, reason, adjustmentId: id },
  });
  await save(adjusted);
  return { adjustment, isReplay: false };
}

/** A concurrent request with the same key has just won; a fresh try will replay it. */
export function isAdjustmentKeyTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'adjustments_idempotency');
}

type AdjustmentRow = {
  id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  currency: string;
  reason: string;
  transfer_id: Buffer;
  balance_after_minor: number;
  created_at: Date;
  request_hash: Buffer;
};

async function findByKey(
  trx: Knex.Transaction,
  { actorId, idempotencyKey }: Pick<Request, 'actorId' | 'idempotencyKey'>,
): Promise<AdjustmentRow | undefined> {
  const [rows] = (await trx.raw('SELECT * FROM adjustments WHERE adjusted_by = ? AND idempotency_key = ?', [
    idBytes(actorId),
    Buffer.from(idempotencyKey),
  ])) as [AdjustmentRow[]];
  return rows[0];
}

async function insertAdjustment(
  trx: Knex.Transaction,
  adjustment: Adjustment,
  { actorId, idempotencyKey, walletId, hash }: Pick<Request, 'actorId' | 'idempotencyKey'> & { walletId: string; hash: Buffer },
): Promise<void> {
  await trx.raw(
    `INSERT INTO adjustments (id, wallet_id, user_id, amount_minor, currency, reason, transfer_id, balance_after_minor, adjusted_by,
       idempotency_key, request_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(adjustment.id),
      idBytes(walletId),
      idBytes(adjustment.userId),
      adjustment.amountMinor,
      adjustment.currency,
      adjustment.reason,
      idBytes(adjustment.transferId),
      adjustment.balanceAfterMinor,
      idBytes(actorId),
      Buffer.from(idempotencyKey),
      hash,
      adjustment.createdAt,
    ],
  );
}

function adjustmentOf(row: AdjustmentRow): Adjustment {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    transferId: idText(row.transfer_id),
    balanceAfterMinor: row.balance_after_minor,
    createdAt: row.created_at,
  };
}
