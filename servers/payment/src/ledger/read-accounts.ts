import { queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type AccountSum, addSums, readSnapshot, sumAfterPeriod } from './account-sums.ts';
import { exactNumber } from './exact-number.ts';

/** Sums as text, and as a number or null beyond ±(2^53 - 1). */
type Sides = { debitMinor: number | null; debitMinorText: string; creditMinor: number | null; creditMinorText: string };

export type Account = Sides & {
  account: string;
  currency: string;
  balanceMinor: number | null;
  balanceMinorText: string;
  entries: number;
};

export type TrialBalance = {
  accounts: readonly Account[];
  totals: readonly (Sides & { currency: string; isBalanced: boolean })[];
  /** The snapshot that the balance starts from. */
  snapshot: { period: number; closedAt: Date } | null;
  entriesSinceSnapshot: number;
};

/** Reads the trial balance: the last snapshot plus the entries of later periods, as of one moment. */
export async function readAccounts(db: Knex): Promise<TrialBalance> {
  return db.transaction(
    async (moment) => {
      const last = await queryFirst<{ number: number; closed_at: Date }>(
        moment,
        'SELECT number, closed_at FROM ledger_periods WHERE summed_at IS NOT NULL ORDER BY number DESC LIMIT 1',
      );
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
    accounts: sums.map(accountOf),
    totals: totals.map((sum) => ({
      currency: sum.currency,
      ...sidesOf(sum),
      isBalanced: sum.debitMinor === sum.creditMinor,
    })),
  };
}

function accountOf(sum: AccountSum): Account {
  const balanceMinor = sum.creditMinor - sum.debitMinor;
  return {
    account: sum.account,
    currency: sum.currency,
    ...sidesOf(sum),
    balanceMinor: exactNumber(balanceMinor),
    balanceMinorText: String(balanceMinor),
    entries: Number(sum.entries),
  };
}

function sidesOf({ debitMinor, creditMinor }: AccountSum): Sides {
  return {
    debitMinor: exactNumber(debitMinor),
    debitMinorText: String(debitMinor),
    creditMinor: exactNumber(creditMinor),
    creditMinorText: String(creditMinor),
  };
}
