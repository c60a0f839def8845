import type { BrokenRow, Query, SweepInvariant, SweptPage } from '@florin/invariants';
import { formatAmount } from '@florin/values';
import { type AccountSum, addSums, sumColumns, sumOf } from './account-sums.ts';

export const snapshotInvariant: SweepInvariant = {
  check: 'snapshots',
  rule: 'a snapshot of the accounts is the sum of their entries up to the end of its period',
  sweep: checkSnapshots,
};

const PAGE_TRANSFERS = 10_000;

type SumRow = Parameters<typeof sumOf>[0] & { period_number: number };
type Cursor = { period: number; id: Buffer };

/** Adds up all entries again, period by period, and compares the sums with each snapshot. Memory: one page and the account sums. */
async function* checkSnapshots(query: Query): AsyncGenerator<SweptPage, void> {
  let after: Cursor | undefined = { period: 0, id: Buffer.alloc(0) };
  let sums: AccountSum[] = [];
  while (after !== undefined) {
    const end: (Cursor & { rows: number }) | undefined = await endOfPage(query, after);
    const added = end === undefined ? [] : await sumPage(query, after);
    // The last period of a page may continue in the next page.
    const kept = await snapshotsOf(query, { from: after.period, before: end?.period });
    const broken: BrokenRow[] = [];
    for (const period of periodsOf(added, kept)) {
      sums = addSums(sums, added.filter(({ period_number }) => period_number === period).map(sumOf));
      const snapshot = kept.get(period);
      if (snapshot === undefined) continue;
      broken.push(...differences(period, snapshot, sums));
      // Continues from the snapshot, so that one wrong snapshot is reported once.
      sums = snapshot;
    }
    yield { rows: end?.rows ?? 0, broken };
    after = end;
  }
}

const page = `SELECT period_number, id FROM transfers FORCE INDEX (transfers_period)
  WHERE period_number >= ? AND (period_number > ? OR (period_number = ? AND id > ?)) ORDER BY period_number, id LIMIT ?`;

function pageValues({ period, id }: Cursor): unknown[] {
  return [period, period, period, id, PAGE_TRANSFERS];
}

async function endOfPage(query: Query, after: Cursor): Promise<(Cursor & { rows: number }) | undefined> {
  const [last] = await query<{ period_number: number; id: Buffer; row_count: number }>(
    `SELECT page.period_number, page.id, COUNT(*) OVER () AS row_count FROM (${page}) AS page
      ORDER BY page.period_number DESC, page.id DESC LIMIT 1`,
    pageValues(after),
  );
  return last && { period: last.period_number, id: last.id, rows: last.row_count };
}

function sumPage(query: Query, after: Cursor): Promise<SumRow[]> {
  return query<SumRow>(
    `SELECT page.period_number, ${sumColumns} FROM (${page}) AS page STRAIGHT_JOIN ledger_entries e ON e.transfer_id = page.id
      GROUP BY page.period_number, e.account, e.currency`,
    pageValues(after),
  );
}

type Periods = { from: number; before: number | undefined };

/** Includes periods that are marked as added up and have no sums. */
async function snapshotsOf(query: Query, { from, before }: Periods): Promise<Map<number, AccountSum[]>> {
  const rows = await query<SumRow & { account: string | null; number: number }>(
    `SELECT p.number, s.* FROM ledger_periods p LEFT JOIN ledger_snapshots s ON s.period_number = p.number
      WHERE p.summed_at IS NOT NULL AND p.number >= ? AND p.number < ?`,
    [from, before ?? Number.MAX_SAFE_INTEGER],
  );
  const snapshots = new Map<number, AccountSum[]>();
  for (const row of rows) {
    const sums = snapshots.get(row.number) ?? [];
    snapshots.set(row.number, row.account === null ? sums : [...sums, sumOf(row)]);
  }
  return snapshots;
}

function periodsOf(added: readonly SumRow[], kept: ReadonlyMap<number, unknown>): number[] {
  return [...new Set([...added.map(({ period_number }) => period_number), ...kept.keys()])].sort((a, b) => a - b);
}

function differences(period: number, kept: readonly AccountSum[], sums: readonly AccountSum[]): BrokenRow[] {
  const names = [...new Set([...kept, ...sums].map(nameOf))];
  const told = (list: readonly AccountSum[], name: string): string => {
    const sum = list.find((one) => nameOf(one) === name);
    if (sum === undefined) return 'nothing';
    const { debitMinor, creditMinor, currency, entries } = sum;
    return `debit ${formatAmount(debitMinor, currency)}, credit ${formatAmount(creditMinor, currency)} of ${entries} entries`;
  };
  return names
    .filter((name) => told(kept, name) !== told(sums, name))
    .map((name) => ({
      id: `period ${period}`,
      detail: `${name}: kept ${told(kept, name)}; its entries have ${told(sums, name)}`,
    }));
}

function nameOf({ account, currency }: AccountSum): string {
  return `${account} ${currency}`;
}
