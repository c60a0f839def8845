import type { Knex } from 'knex';

/** What an account's entries come to: `debitMinor` of those below zero, without their sign, `creditMinor` of those above. */
export type AccountSum = { account: string; currency: string; debitMinor: bigint; creditMinor: bigint; entries: bigint };

type SumRow = { account: string; currency: string; debit_minor: string; credit_minor: string; entries: string };

/** Of a statement whose entries are `e`, grouped by `e.account, e.currency`. */
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

/** Adds sums up, account by account, in the order of their names. */
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

/** What the accounts had come to at the end of a period; nothing where there is no such snapshot. */
export async function readSnapshot(db: Knex, period: number): Promise<AccountSum[]> {
  const [rows] = (await db.raw(
    'SELECT account, currency, debit_minor, credit_minor, entries FROM ledger_snapshots WHERE period_number = ?',
    [period],
  )) as [SumRow[]];
  return rows.map(sumOf);
}

/** The entries of the periods after one, added up by account. */
export async function sumAfterPeriod(db: Knex, period: number): Promise<AccountSum[]> {
  const [rows] = (await db.raw(
    `SELECT ${sumColumns}
       FROM transfers t FORCE INDEX (transfers_period) STRAIGHT_JOIN ledger_entries e ON e.transfer_id = t.id
      WHERE t.period_number > ?
      GROUP BY e.account, e.currency`,
    [period],
  )) as [SumRow[]];
  return rows.map(sumOf);
}

/** Of a page of transfers; `last` is missing at the end. */
export type Page = { sums: AccountSum[]; last?: Buffer };

/** The same for a page of one period's transfers, those after one of them. */
export async function sumPage(
  db: Knex,
  { period, after, limit }: { period: number; after: Buffer; limit: number },
): Promise<Page> {
  const page = 'SELECT id FROM transfers WHERE period_number = ? AND id > ? ORDER BY id LIMIT ?';
  const values = [period, after, limit];
  const [[end]] = (await db.raw(`SELECT MAX(id) AS last FROM (${page}) AS page`, values)) as [[{ last: Buffer | null }]];
  if (end.last === null) return { sums: [] };
  const [rows] = (await db.raw(
    `SELECT ${sumColumns} FROM (${page}) AS page STRAIGHT_JOIN ledger_entries e ON e.transfer_id = page.id
      GROUP BY e.account, e.currency`,
    values,
  )) as [SumRow[]];
  return { sums: rows.map(sumOf), last: end.last };
}
