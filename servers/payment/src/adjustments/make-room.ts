import { newId } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Transfer } from '../ledger/index.ts';
import { buildUncheckedTransfer, type Wallet } from '../wallets/index.ts';
import { auditAdjustment, hashAdjustment, insertAdjustment } from './adjust-wallet.ts';
import { savePersonalText } from './personal-texts.ts';

/** Room made in a wallet for a credit that must be posted. */
export type Room = {
  before: Wallet;
  /** The wallet with room for the credit. */
  wallet: Wallet;
  /** Moves the excess over 2^53 - 1 out of the wallet. Missing if a lower credit limit is enough. */
  removal?: { adjustmentId: string; transfer: Transfer };
};

/** The platform itself, in columns that name who acted. */
const PLATFORM = '00000000-0000-0000-0000-000000000000';
const REASON = 'The wallet was full: what a refund brought beyond 2^53 - 1 minor units was moved to the account adjustments.';
const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/**
 * Makes room in a full wallet for a refund. A refused refund would be a dead letter, and later events of the user would wait behind
 * it. The excess goes to the account `adjustments`, from which staff can pay it back.
 *
 * @returns undefined if the wallet has room
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

/** Records the adjustments and lowered credit limits that made room. The transfers must be posted. */
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
  emptied: Wallet,
  { adjustmentId: id, transfer, at: createdAt }: Required<Room>['removal'] & { at: Date },
): Promise<void> {
  const amountMinor = -transfer.amountMinor;
  const { id: walletId, userId, currency, balanceMinor: balanceAfterMinor } = emptied;
  const wanted = { userId, currency, amountMinor, reason: REASON };
  const keyed = { actorId: PLATFORM, idempotencyKey: id, requestHash: hashAdjustment(wanted) };
  const posted = { transferId: transfer.id, balanceAfterMinor, createdAt };
  await insertAdjustment(trx, { ...wanted, ...keyed, ...posted, id, walletId });
  await savePersonalText(trx, { id, userId, text: REASON });
  const before = { ...emptied, balanceMinor: balanceAfterMinor - amountMinor };
  await auditAdjustment(trx, { actorId: null, before, after: emptied, adjustmentId: id });
}
