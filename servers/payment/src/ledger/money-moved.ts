import { afterCommit } from '@florin/database';
import { type BoundedCounter, createCounter } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Transfer, transferTypes } from './transfer.ts';

export type MoneyMoved = BoundedCounter<{ kind: readonly string[]; currency: string[] }>;

/** @param currency the platform's; amounts of all others count together as `other` */
export function createMoneyMoved(currency: string): MoneyMoved {
  const counter = createCounter({
    name: 'florin_money_moved_minor_total',
    help: "Sum of posted transfers in minor units, by type. currency: the platform's, or other",
    labels: { kind: transferTypes, currency: [currency] },
  });
  // From 0, so that the first transfer is an increase.
  for (const kind of transferTypes) counter.inc({ kind, currency }, 0);
  return counter;
}

type Params = { moneyMoved?: MoneyMoved };

/** Counts the transfers of every later transaction of this database. */
export function setMoneyMoved(db: Knex, moneyMoved: MoneyMoved): void {
  db.userParams = { ...db.userParams, moneyMoved };
}

/** Counts transfers once they are committed. Adds them up first: a set has few types and currencies. */
export function countMoved(trx: Knex.Transaction, transfers: readonly Transfer[]): void {
  const counter = (trx.userParams as Params | undefined)?.moneyMoved;
  if (counter === undefined) return;
  const sums = new Map<string, { kind: string; currency: string; sumMinor: number }>();
  for (const { type, currency, amountMinor } of transfers) {
    const key = `${type} ${currency}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { kind: type, currency, sumMinor: amountMinor });
    else sum.sumMinor += amountMinor;
  }
  afterCommit(trx, () => {
    for (const { kind, currency, sumMinor } of sums.values()) counter.inc({ kind, currency }, sumMinor);
  });
}
