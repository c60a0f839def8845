import assert from 'node:assert/strict';
import { idBytes, idTimeMs } from '@florin/runtime';
import type { Knex } from 'knex';
import type { DecisionFacts, Payment } from './payment.ts';

type Payments = ReadonlyMap<string, Payment>;

/** Inserts new payments, and updates those that differ from what this transaction `locked`. */
export async function savePayments(trx: Knex.Transaction, now: Payments, { locked }: { locked: Payments }): Promise<void> {
  const changed = [...now.values()].filter((payment) => locked.get(payment.purchaseId) !== payment);
  const isKnown = ({ purchaseId }: Payment): boolean => locked.has(purchaseId);
  await insertPayments(
    trx,
    changed.filter((payment) => !isKnown(payment)),
  );
  await updatePayments(trx, changed.filter(isKnown));
}

async function insertPayments(trx: Knex.Transaction, payments: readonly Payment[]): Promise<void> {
  if (payments.length === 0) return;
  await trx.raw(
    `INSERT INTO payments
       (id, purchase_id, user_id, wallet_id, status, amount_minor, currency, decline_reason,
        charge_transfer_id, refund_transfer_id, version, decided_sequence, decided_balance_minor, decided_held_minor,
        decided_credit_limit_minor, decided_spend_limit_minor, decided_daily_limit_minor, decided_spent_minor, decided_on, created_at)
     VALUES ${payments.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    payments.flatMap((payment) => [
      idBytes(payment.id),
      idBytes(payment.purchaseId),
      idBytes(payment.userId),
      'walletId' in payment && payment.walletId !== undefined ? idBytes(payment.walletId) : null,
      payment.status,
      payment.amountMinor,
      payment.currency,
      'declineReason' in payment ? payment.declineReason : null,
      'chargeTransferId' in payment ? idBytes(payment.chargeTransferId) : null,
      'refundTransferId' in payment ? idBytes(payment.refundTransferId) : null,
      payment.version,
      ...factColumns(payment.facts),
      // The time of the id, so that a period is a range of ids.
      new Date(idTimeMs(payment.id) ?? Date.now()),
    ]),
  );
}

function factColumns(facts: DecisionFacts | undefined): (number | string | null)[] {
  if (facts === undefined) return [null, null, null, null, null, null, null, null];
  return [
    facts.sequence,
    facts.balanceMinor,
    facts.heldMinor,
    facts.creditLimitMinor,
    facts.spendLimitMinor,
    facts.dailyLimitMinor,
    facts.spentMinor,
    facts.on,
  ];
}

/** Only the refund and the version change after a decision. STRAIGHT_JOIN by key: see `updateWallets`. */
async function updatePayments(trx: Knex.Transaction, payments: readonly Payment[]): Promise<void> {
  if (payments.length === 0) return;
  const row = 'SELECT ? AS id, ? AS status, ? AS refund_transfer_id, ? AS version';
  const [{ affectedRows }] = (await trx.raw(
    `UPDATE (${payments.map(() => row).join(' UNION ALL ')}) AS changed
       STRAIGHT_JOIN payments FORCE INDEX (PRIMARY) ON payments.id = changed.id
        SET payments.status = changed.status,
            payments.refund_transfer_id = changed.refund_transfer_id,
            payments.version = changed.version`,
    payments.flatMap((payment) => [
      idBytes(payment.id),
      payment.status,
      'refundTransferId' in payment ? idBytes(payment.refundTransferId) : null,
      payment.version,
    ]),
  )) as [{ affectedRows: number }];
  assert.equal(affectedRows, payments.length, 'a changed payment is missing');
}
