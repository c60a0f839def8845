import { afterCommit } from '@florin/database';
import { type BoundedCounter, createCounter } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Payment } from './payment.ts';
import { rules } from './rules.ts';

export type PaymentsDecided = BoundedCounter<{ outcome: string[]; code: string[] }>;

export function createPaymentsDecided(): PaymentsDecided {
  const counter = createCounter({
    name: 'florin_payments_decided_total',
    help: 'Decisions about purchases: charged, declined, or voided because the cancel came first. code: the reason of a decline',
    labels: { outcome: ['charged', 'declined', 'voided'], code: ['', ...rules.map(({ reason }) => reason)] },
  });
  // From 0, so that the first decision is an increase.
  for (const outcome of ['charged', 'voided']) counter.inc({ outcome, code: '' }, 0);
  for (const { reason } of rules) counter.inc({ outcome: 'declined', code: reason }, 0);
  return counter;
}

type Params = { paymentsDecided?: PaymentsDecided };

/** Counts the decisions of every later transaction of this database. */
export function setPaymentsDecided(db: Knex, paymentsDecided: PaymentsDecided): void {
  db.userParams = { ...db.userParams, paymentsDecided };
}

/** Counts new payments once they are committed. Adds them up first: a set has few outcomes. */
export function countDecided(trx: Knex.Transaction, payments: readonly Payment[]): void {
  const counter = (trx.userParams as Params | undefined)?.paymentsDecided;
  if (counter === undefined || payments.length === 0) return;
  const sums = new Map<string, { outcome: string; code: string; payments: number }>();
  for (const payment of payments) {
    const code = payment.status === 'declined' ? payment.declineReason : '';
    const key = `${payment.status} ${code}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { outcome: payment.status, code, payments: 1 });
    else sum.payments += 1;
  }
  afterCommit(trx, () => {
    for (const { outcome, code, payments: count } of sums.values()) counter.inc({ outcome, code }, count);
  });
}
