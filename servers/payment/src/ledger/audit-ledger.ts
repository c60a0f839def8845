import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/database';
import { type Invariant, type Query, sweepInvariant } from '@florin/invariants';
import type { Knex } from 'knex';
import { exactNumber } from './exact-number.ts';

export type Mismatch = { rule: string; id: string; detail: string };

export type LedgerAudit = {
  ok: boolean;
  transfers: number;
  entries: number;
  /** null beyond ±(2^53 - 1). */
  sumMinor: number | null;
  walletsChecked: number;
  mismatches: readonly Mismatch[];
};

type Options = { invariants: readonly Invariant[]; userId?: string | undefined };

const MAX_MISMATCHES = 100;

/**
 * Checks the invariants on the whole ledger, or on one user's wallets. SQL compares in pages, so that memory is constant and no
 * statement takes long. One REPEATABLE READ snapshot: counts and mismatches are of one moment. It takes no locks.
 *
 * @throws AppError NOT_FOUND if the user has no wallet
 */
export async function auditLedger(db: Knex, { invariants, userId }: Options): Promise<LedgerAudit> {
  return db.transaction(
    async (snapshot) => {
      const query: Query = async <Row>(sql: string, values: readonly unknown[] = []) =>
        ((await snapshot.raw(sql, values as Knex.Value[])) as [Row[]])[0];
      const totals = await (userId === undefined ? countLedger(query) : countOfUser(query, userId));
      const mismatches = await findMismatches(query, { invariants, userId });
      const isOk = mismatches.length === 0 && totals.sumMinor === 0;
      return { ok: isOk, ...totals, mismatches };
    },
    { isolationLevel: 'repeatable read' },
  );
}

/** Stops at 100 mismatches. */
async function findMismatches(query: Query, { invariants, userId }: Options): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const invariant of invariants) {
    for await (const { violations } of sweepInvariant(query, invariant, { userId })) {
      mismatches.push(...violations.map(({ subject, detail }) => ({ rule: invariant.rule, id: subject, detail })));
      if (mismatches.length >= MAX_MISMATCHES) return mismatches.slice(0, MAX_MISMATCHES);
    }
  }
  return mismatches;
}

type Totals = Pick<LedgerAudit, 'transfers' | 'entries' | 'sumMinor' | 'walletsChecked'>;
type TotalsRow = { transfers: number; entries: number; sum_minor: string; wallets: number };

async function countLedger(query: Query): Promise<Totals> {
  const [row] = await query<TotalsRow>(
    `SELECT (SELECT COUNT(*) FROM transfers) AS transfers,
            (SELECT COUNT(*) FROM ledger_entries) AS entries,
            (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entries) AS sum_minor,
            (SELECT COUNT(*) FROM wallets) AS wallets`,
  );
  return totalsOf(row);
}

/** Counts the transfers of the user's wallets, with all of their legs. */
async function countOfUser(query: Query, userId: string): Promise<Totals> {
  const [row] = await query<TotalsRow>(
    `SELECT COUNT(DISTINCT own.transfer_id) AS transfers, COUNT(e.transfer_id) AS entries,
            COALESCE(SUM(e.amount_minor), 0) AS sum_minor, COUNT(DISTINCT w.id) AS wallets
       FROM wallets w
       LEFT JOIN ledger_entries own ON own.wallet_id = w.id
       LEFT JOIN ledger_entries e ON e.transfer_id = own.transfer_id
      WHERE w.user_id = ?`,
    [idBytes(userId)],
  );
  const totals = totalsOf(row);
  if (totals.walletsChecked === 0) throw new AppError(requestErrors.NOT_FOUND, { detail: 'The user has no wallet.' });
  return totals;
}

function totalsOf(row: TotalsRow | undefined): Totals {
  const { transfers = 0, entries = 0, sum_minor = '0', wallets = 0 } = row ?? {};
  return { transfers, entries, sumMinor: exactNumber(BigInt(sum_minor)), walletsChecked: wallets };
}
