import { appendAuditEntry, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Transfer } from '../ledger/transfer.ts';
import { buildUncheckedTransfer } from '../wallets/build-transfer.ts';
import type { Wallet } from '../wallets/wallet.ts';
import { insertAdjustment } from './adjust-wallet.ts';

/** What takes money, or a credit limit, out of a wallet so that a credit which cannot be refused still fits. */
export type Room = {
  before: Wallet;
  /** The wallet with the room in it. */
  wallet: Wallet;
  /** Takes away what would be beyond 2^53 - 1 after the credit. Left out where lowering the credit limit is enough. */
  removal?: { adjustmentId: string; transfer: Transfer };
};

/** Stands for the platform itself, where a row wants to know who did something. */
const PLATFORM = '00000000-0000-0000-0000-000000000000';
const REASON = 'The wallet was full: what a refund brought beyond 2^53 - 1 minor units was moved to the account adjustments.';
const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/**
 * Makes room in a wallet for a refund, which is decided already and cannot wait: its event would never be handled, and all later
 * events of the user would wait behind it. Nothing is lost: what does not fit lies in the account `adjustments`, and staff can give
 * it back. Pure.
 *
 * @returns undefined where the wallet has room
 */
export function makeRoom(wallet: Wallet, amountMinor: number): Room | undefined {
  const excessMinor = amountMinor - (MAX_MINOR - wallet.balanceMinor);
  const { removal, wallet: emptied = wallet } = excessMinor > 0 ? remove(wallet, excessMinor) : {};
  const creditLimitMinor = Math.min(wallet.creditLimitMinor, MAX_MINOR - (emptied.balanceMinor + amountMinor));
  if (removal === undefined && creditLimitMinor === wallet.creditLimitMinor) return undefined;
  return { before: wallet, wallet: { ...emptied, creditLimitMinor }, ...(removal && { removal }) };
}

function remove(wallet: Wallet, excessMinor: number): Pick<Required<Room>, 'removal' | 'wallet'> {
  const sourceId = newId();
  const movement = { type: 'adjustment', against: 'adjustments', amountMinor: -excessMinor, sourceId } as const;
  const { transfer, wallet: emptied } = buildUncheckedTransfer(wallet, movement);
  return { removal: { adjustmentId: sourceId, transfer }, wallet: emptied };
}

/** Writes down what made room, for who asks where the money or the credit limit went. Its transfers must be posted. */
export async function recordRoom(trx: Knex.Transaction, rooms: readonly Room[], at: Date): Promise<void> {
  for (const { before, wallet, removal } of rooms) {
    if (removal !== undefined) await recordRemoval(trx, wallet, { ...removal, at });
    if (before.creditLimitMinor === wallet.creditLimitMinor) continue;
    const [was, is] = [before, wallet].map(({ creditLimitMinor }) => ({ creditLimitMinor }));
    await appendAuditEntry(trx, { actorId: null, action: 'wallet.set-limits', subject: wallet.id, before: was, after: is });
  }
}

async function recordRemoval(
  trx: Knex.Transaction,
  { id: walletId, userId, currency, balanceMinor }: Wallet,
  { adjustmentId, transfer, at }: Required<Room>['removal'] & { at: Date },
): Promise<void> {
  const amountMinor = -transfer.amountMinor;
  const moved = { amountMinor, reason: REASON };
  const posted = { transferId: transfer.id, balanceAfterMinor: balanceMinor, createdAt: at };
  const adjustment = { id: adjustmentId, userId, currency, ...moved, ...posted };
  await insertAdjustment(trx, adjustment, { walletId, actorId: PLATFORM, idempotencyKey: adjustmentId });
  await appendAuditEntry(trx, {
    actorId: null,
    action: 'wallet.adjust',
    subject: walletId,
    before: { balanceMinor: balanceMinor - amountMinor },
    after: { balanceMinor, ...moved, adjustmentId },
  });
}
