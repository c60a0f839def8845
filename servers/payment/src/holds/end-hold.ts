import { requireOther } from '@florin/auth-middleware';
import { idBytes } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { postTransfers, type Transfer } from '../ledger/index.ts';
import { buildTransfer, type Wallet } from '../wallets/index.ts';
import { decideEnding, type Ending } from './decide-ending.ts';
import type { Hold } from './hold.ts';
import { lockHold } from './lock-hold.ts';

type Request = { holdId: string; actorId: string; ending: Ending };

/**
 * Captures all or part of a hold, or releases it. The rest of a partial capture is released. A hold ends once: the first transaction
 * to lock the wallet wins. A frozen wallet can be captured from.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION, CAPTURE_EXCEEDS_HOLD
 */
export async function endHold(trx: Knex.Transaction, { holdId, actorId, ending }: Request): Promise<Hold> {
  const { hold, wallet, lockedAt: now, save } = await lockHold(trx, holdId);
  requireOther(actorId, hold.userId);
  const ended = decideEnding(hold, ending, now);
  if (ended === hold) return hold;

  const freed = { ...wallet, heldMinor: wallet.heldMinor - hold.amountMinor };
  const { transfer, wallet: after } =
    ended.status === 'captured' ? capture(freed, ended) : { wallet: freed, transfer: undefined };
  if (transfer !== undefined) await postTransfers(trx, [transfer]);
  await updateHold(trx, ended, { transferId: transfer?.id, at: now });
  await appendAuditEntry(trx, {
    actorId,
    action: ended.status === 'captured' ? 'hold.capture' : 'hold.release',
    subject: hold.id,
    before: { status: hold.status, amountMinor: hold.amountMinor },
    after: { status: ended.status, capturedMinor: ended.capturedMinor },
  });
  await save(after);
  return ended;
}

function capture(freed: Wallet, { id, capturedMinor }: Hold): { transfer: Transfer; wallet: Wallet } {
  return buildTransfer(freed, { type: 'capture', against: 'sales', amountMinor: -capturedMinor, sourceId: id });
}

async function updateHold(
  trx: Knex.Transaction,
  { id, status, capturedMinor }: Hold,
  { transferId, at }: { transferId: Transfer['id'] | undefined; at: Date },
): Promise<void> {
  await trx.raw('UPDATE holds SET status = ?, captured_minor = ?, capture_transfer_id = ?, ended_at = ? WHERE id = ?', [
    status,
    capturedMinor,
    transferId === undefined ? null : idBytes(transferId),
    at,
    idBytes(id),
  ]);
}
