import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { type AccountSum, addSums, readSnapshot, sumAfterPeriod } from './account-sums.ts';

type Sides = { debitMinor: number; creditMinor: number };

export type Account = Sides & { account: string; currency: string; balanceMinor: number; entries: number };

export type TrialBalance = {
  accounts: readonly Account[];
  totals: readonly (Sides & { currency: string; isBalanced: boolean })[];
  /** What was added up before and is not read again. */
  snapshot: { period: number; closedAt: Date } | null;
  entriesSinceSnapshot: number;
};

/** The trial balance: the last snapshot, and the entries of the periods after it. Both are read as of one moment. */
export async function readAccounts(db: Knex): Promise<TrialBalance> {
  return db.transaction(
    async (moment) => {
      const [[last]] = (await moment.raw(
        'SELECT number, closed_at FROM ledger_periods WHERE summed_at IS NOT NULL ORDER BY number DESC LIMIT 1',
      )) as [[{ number: number; closed_at: Date }?]];
      const before = last === undefined ? [] : await readSnapshot(moment, last.number);
      const since = await sumAfterPeriod(moment, last?.number ?? -1);
      return {
        ...balance(addSums(before, since)),
        snapshot: last === undefined ? null : { period: last.number, closedAt: last.closed_at },
        entriesSinceSnapshot: since.reduce((sum, { entries }) => sum + Number(entries), 0),
      };
    },
    { isolationLevel: 'repeatable read' },
  );
}

function balance(sums: readonly AccountSum[]): Pick<TrialBalance, 'accounts' | 'totals'> {
  const totals = addSums(sums.map((sum) => ({ ...sum, account: 'all' })));
  return {
    accounts: sums.map((sum) => ({
      account: sum.account,
      currency: sum.currency,
      ...sidesOf(sum),
      balanceMinor: safe(sum.creditMinor - sum.debitMinor),
      entries: safe(sum.entries),
    })),
    totals: totals.map((sum) => ({
      currency: sum.currency,
      ...sidesOf(sum),
      isBalanced: sum.debitMinor === sum.creditMinor,
    })),
  };
}

function sidesOf({ debitMinor, creditMinor }: AccountSum): Sides {
  return { debitMinor: safe(debitMinor), creditMinor: safe(creditMinor) };
}

function safe(sum: bigint): number {
  assert(sum >= Number.MIN_SAFE_INTEGER && sum <= Number.MAX_SAFE_INTEGER, `${sum} is more than JSON carries exactly`);
  return Number(sum);
}
