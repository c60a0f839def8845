import assert from 'node:assert/strict';
import { column, defineTable, idTimeMs, insertRows, type NewRowOf, pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import type { Payment } from './payment.ts';
import { countDecided } from './payment-metrics.ts';

type Payments = ReadonlyMap<string, Payment>;

/** Inserts new payments, and updates those that differ from what this transaction `locked`. */
export async function savePayments(trx: Knex.Transaction, now: Payments, { locked }: { locked: Payments }): Promise<void> {
  const changed = [...now.values()].filter((payment) => locked.get(payment.purchaseId) !== payment);
  const isKnown = ({ purchaseId }: Payment): boolean => locked.has(purchaseId);
  const decided = changed.filter((payment) => !isKnown(payment));
  await insertPayments(trx, decided);
  await updatePayments(trx, changed.filter(isKnown));
  countDecided(trx, decided);
}

export const paymentsTable = defineTable('payments', {
  id: column.id(),
  purchaseId: column.id(),
  userId: column.id(),
  walletId: column.id().orNull(),
  status: column.text<Payment['status']>('varchar(16)'),
  amountMinor: column.money(),
  currency: column.text('char(3)'),
  declineReason: column.text('varchar(64)').orNull(),
  chargeTransferId: column.id().orNull(),
  refundTransferId: column.id().orNull(),
  partlyRefundedMinor: column.money().byDatabase(),
  version: column.integer('bigint'),
  decidedSequence: column.integer('bigint').orNull(),
  decidedBalanceMinor: column.money().orNull(),
  decidedHeldMinor: column.money().orNull(),
  decidedCreditLimitMinor: column.money().orNull(),
  decidedSpendLimitMinor: column.money().orNull(),
  decidedDailyLimitMinor: column.money().orNull(),
  decidedSpentMinor: column.money().orNull(),
  decidedOn: column.text('date').orNull(),
  createdAt: column.time(),
  updatedAt: column.time().byDatabase(),
});

async function insertPayments(trx: Knex.Transaction, payments: readonly Payment[]): Promise<void> {
  await insertRows(trx, paymentsTable, payments.map(rowOf));
}

function rowOf(payment: Payment): NewRowOf<typeof paymentsTable> {
  const { id, purchaseId, userId, status, amountMinor, currency, version, facts } = payment;
  return {
    id,
    purchaseId,
    userId,
    walletId: ('walletId' in payment ? payment.walletId : undefined) ?? null,
    status,
    amountMinor,
    currency,
    declineReason: 'declineReason' in payment ? payment.declineReason : null,
    chargeTransferId: 'chargeTransferId' in payment ? payment.chargeTransferId : null,
    refundTransferId: 'refundTransferId' in payment ? payment.refundTransferId : null,
    version,
    decidedSequence: facts?.sequence ?? null,
    decidedBalanceMinor: facts?.balanceMinor ?? null,
    decidedHeldMinor: facts?.heldMinor ?? null,
    decidedCreditLimitMinor: facts?.creditLimitMinor ?? null,
    decidedSpendLimitMinor: facts?.spendLimitMinor ?? null,
    decidedDailyLimitMinor: facts?.dailyLimitMinor ?? null,
    decidedSpentMinor: facts?.spentMinor ?? null,
    decidedOn: facts?.on ?? null,
    // The time of the id, so that a period is a range of ids.
    createdAt: new Date(idTimeMs(id) ?? Date.now()),
  };
}

const changedTable = pickFields(paymentsTable, ['id', 'status', 'refundTransferId', 'partlyRefundedMinor', 'version']);

/** Only the refunds and the version change after a decision. */
async function updatePayments(trx: Knex.Transaction, payments: readonly Payment[]): Promise<void> {
  const rows = payments.map((payment) => ({
    id: payment.id,
    status: payment.status,
    refundTransferId: 'refundTransferId' in payment ? payment.refundTransferId : null,
    partlyRefundedMinor: payment.partlyRefundedMinor,
    version: payment.version,
  }));
  const found = await updateByKey(trx, changedTable, rows);
  assert.equal(found, payments.length, 'a changed payment is missing');
}
