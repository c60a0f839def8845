import { query, queryOne } from '@florin/database';
import type { Knex } from 'knex';

/** Sums of an account's entries: `debitMinor` of the negative ones, without the sign; `creditMinor` of the positive ones. */
export type AccountSum = { account: string; currency: string; debitMinor: bigint; creditMinor: bigint; entries: bigint };

type SumRow = { account: string; currency: string; debit_minor: string; credit_minor: string; entries: string };

/** Columns of a statement over entries `e`, grouped by `e.account, e.currency`. */
export const sumColumns = `e.account, e.currency, SUM(GREATEST(-e.amount_minor, 0)) AS debit_minor,
  SUM(GREATEST(e.amount_minor, 0)) AS credit_minor, COUNT(*) AS entries`;

export function sumOf({ account, currency, debit_minor, credit_minor, entries }: SumRow): AccountSum {
  return {
    account,
    currency,
    debitMinor: BigInt(debit_minor),
    creditMinor: BigInt(credit_minor),
    entries: BigInt(entries),
  };
}

/** Adds sums per account and currency, in the order of their names. */
export function addSums(...lists: readonly (readonly AccountSum[])[]): AccountSum[] {
  const sums = new Map<string, AccountSum>();
  for (const one of lists.flat()) {
    const key = `${one.account} ${one.currency}`;
    const { debitMinor, creditMinor, entries } = sums.get(key) ?? { debitMinor: 0n, creditMinor: 0n, entries: 0n };
    sums.set(key, {
      ...one,
      debitMinor: debitMinor + one.debitMinor,
      creditMinor: creditMinor + one.creditMinor,
      entries: entries + one.entries,
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Returns the account sums at the end of a period; empty if there is no snapshot. */
export async function readSnapshot(db: Knex, period: number): Promise<AccountSum[]> {
  const rows = await query<SumRow>(
    db,
    'SELECT account, currency, debit_minor, credit_minor, entries FROM ledger_snapshots WHERE period_number = ?',
    [period],
  );
  return rows.map(sumOf);
}

/** Returns the account sums of the periods after one. */
export async function sumAfterPeriod(db: Knex, period: number): Promise<AccountSum[]> {
  const rows = await query<SumRow>(
    db,
    `SELECT ${sumColumns}
       FROM transfers t FORCE INDEX (transfers_period) STRAIGHT_JOIN ledger_entries e ON e.transfer_id = t.id
      WHERE t.period_number > ?
      GROUP BY e.account, e.currency`,
    [period],
  );
  return rows.map(sumOf);
}

/** Sums of a page of transfers; `last` is missing at the end. */
export type Page = { sums: AccountSum[]; last?: Buffer };

/** Returns the account sums of a page of a period's transfers. */
export async function sumPage(
  db: Knex,
  { period, after, limit }: { period: number; after: Buffer; limit: number },
): Promise<Page> {
  const page = 'SELECT id FROM transfers WHERE period_number = ? AND id > ? ORDER BY id LIMIT ?';
  const values = [period, after, limit];
  const end = await queryOne<{ last: Buffer | null }>(db, `SELECT MAX(id) AS last FROM (${page}) AS page`, values);
  if (end.last === null) return { sums: [] };
  const rows = await query<SumRow>(
    db,
    `SELECT ${sumColumns} FROM (${page}) AS page STRAIGHT_JOIN ledger_entries e ON e.transfer_id = page.id
      GROUP BY e.account, e.currency`,
    values,
  );
  return { sums: rows.map(sumOf), last: end.last };
}
