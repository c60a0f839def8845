import assert from 'node:assert/strict';
import { idBytes } from '@florin/database';
import { formatAmount } from '@florin/values';
import type { Knex } from 'knex';
import { postTransfers } from '../ledger/index.ts';
import { assertCovered, buildTransfer, lockWallet } from '../wallets/index.ts';
import { readTopUp } from './read-top-up.ts';
import type { TopUp } from './top-up.ts';
import type { TopUpReport } from './top-up-provider.ts';

const RANK: Readonly<Record<TopUp['status'], number>> = { pending: 0, failed: 1, settled: 2 };

/**
 * Records a provider's report. A report of the same or a lower rank than the top-up's status changes nothing, so reports may be
 * repeated and reordered. `settled` credits the wallet once, also a frozen wallet.
 *
 * @throws AppError NOT_FOUND; WALLET_FULL, which leaves the top-up as it is
 */
export async function recordReport(trx: Knex.Transaction, report: TopUpReport): Promise<TopUp> {
  const { wallet, save } = await lockWallet(trx, await readTopUp(trx, report.topUpId));
  const topUp = await readTopUp(trx, report.topUpId, { forUpdate: true });
  assertMeant(topUp, report);
  if (RANK[report.status] <= RANK[topUp.status]) return topUp;
  if (report.status !== 'settled') {
    const failed: TopUp = { ...topUp, status: 'failed', reference: report.reference, failureReason: report.reason ?? 'declined' };
    await updateTopUp(trx, failed);
    return failed;
  }

  const { id: sourceId, amountMinor } = topUp;
  assertCovered({ ...wallet, balanceMinor: wallet.balanceMinor + amountMinor });
  const { transfer, wallet: credited } = buildTransfer(wallet, {
    type: 'top-up',
    against: 'top-ups',
    amountMinor,
    sourceId,
  });
  const { failureReason: _, ...rest } = topUp;
  const settled: TopUp = { ...rest, status: 'settled', reference: report.reference, transferId: transfer.id };
  await postTransfers(trx, [transfer]);
  await updateTopUp(trx, settled);
  await save(credited);
  return settled;
}

function assertMeant({ id, amountMinor, currency }: TopUp, report: TopUpReport): void {
  assert(
    report.amountMinor === amountMinor && report.currency === currency,
    `top-up ${id} of ${formatAmount(amountMinor, currency)} was reported as ${formatAmount(report.amountMinor, report.currency)}`,
  );
}

async function updateTopUp(trx: Knex.Transaction, topUp: TopUp): Promise<void> {
  await trx.raw(
    `UPDATE top_ups SET status = ?, provider_reference = ?, failure_reason = ?, transfer_id = ?, next_attempt_at = NULL,
       updated_at = NOW(3) WHERE id = ?`,
    [
      topUp.status,
      topUp.reference ?? null,
      topUp.failureReason ?? null,
      topUp.transferId === undefined ? null : idBytes(topUp.transferId),
      idBytes(topUp.id),
    ],
  );
}
