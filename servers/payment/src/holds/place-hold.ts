import { AppError } from '@florin/app-response';
import { appendAuditEntry, assertSameRequest, idBytes, isDuplicateKey, newId, requestHash } from '@florin/runtime';
import type { Knex } from 'knex';
import { assertCovered } from '../wallets/assert-covered.ts';
import { walletErrors } from '../wallets/errors.ts';
import { lockWallet, type WalletOf } from '../wallets/lock-wallet.ts';
import { type Hold, type HoldRow, holdOf } from './hold.ts';

type Request = WalletOf & { actorId: string; idempotencyKey: string; amountMinor: number; ttlS: number };

/**
 * Sets money of a wallet aside for a while.
 *
 * @throws AppError NOT_FOUND, WALLET_FROZEN, WALLET_INSUFFICIENT_FUNDS, IDEMPOTENCY_KEY_REUSED
 */
export async function placeHold(
  trx: Knex.Transaction,
  request: Request,
  now = new Date(),
): Promise<{ hold: Hold; isReplay: boolean }> {
  const { actorId, userId, currency, amountMinor, ttlS } = request;
  const hash = requestHash([userId, currency, amountMinor, ttlS]);
  const { wallet, save } = await lockWallet(trx, request);
  const earlier = await findByKey(trx, request);
  if (earlier !== undefined) {
    assertSameRequest(earlier.request_hash, hash);
    return { hold: holdOf(earlier), isReplay: true };
  }

  if (wallet.status === 'frozen') throw new AppError(walletErrors.WALLET_FROZEN);
  const holding = { ...wallet, heldMinor: wallet.heldMinor + amountMinor };
  assertCovered(holding);
  const expiresAt = new Date(now.getTime() + ttlS * 1000);
  const hold: Hold = { id: newId(), userId, amountMinor, capturedMinor: 0, currency, status: 'held', expiresAt, createdAt: now };
  await insertHold(trx, hold, { ...request, walletId: wallet.id, hash });
  await appendAuditEntry(trx, { actorId, action: 'hold.place', subject: hold.id, after: { userId, amountMinor, currency } });
  await save(holding);
  return { hold, isReplay: false };
}

/** A concurrent request with the same key has just won; a fresh try will replay it. */
export function isHoldKeyTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'holds_idempotency');
}

type Key = Pick<Request, 'actorId' | 'idempotencyKey'>;

async function findByKey(trx: Knex.Transaction, { actorId, idempotencyKey }: Key): Promise<HoldRow | undefined> {
  const [rows] = (await trx.raw('SELECT * FROM holds WHERE placed_by = ? AND idempotency_key = ?', [
    idBytes(actorId),
    Buffer.from(idempotencyKey),
  ])) as [HoldRow[]];
  return rows[0];
}

async function insertHold(
  trx: Knex.Transaction,
  hold: Hold,
  { actorId, idempotencyKey, walletId, hash }: Key & { walletId: string; hash: Buffer },
): Promise<void> {
  await trx.raw(
    `INSERT INTO holds (id, wallet_id, user_id, amount_minor, currency, expires_at, placed_by, idempotency_key, request_hash, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(hold.id),
      idBytes(walletId),
      idBytes(hold.userId),
      hold.amountMinor,
      hold.currency,
      hold.expiresAt,
      idBytes(actorId),
      Buffer.from(idempotencyKey),
      hash,
      hold.createdAt,
    ],
  );
}
