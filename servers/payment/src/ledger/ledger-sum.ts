import { type BrokenRow, PAGE_KEYS, type Query, type SweepInvariant, type SweptPage } from '@florin/invariants';
import { formatAmount } from '@florin/values';

/** The books balance. The HTTP audit sums all entries anyway; `npm run audit` checks this page by page, for each currency. */
export const ledgerSum: SweepInvariant = {
  check: 'ledger-sum',
  rule: 'all entries together sum to zero',
  things: 'entries',
  sweep: sumEntries,
};

async function* sumEntries(query: Query): AsyncGenerator<SweptPage, void> {
  const sums = new Map<string, bigint>();
  let page = await sumAfter(query);
  while (page.length > 0) {
    for (const { currency, sum } of page) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(sum));
    yield { rows: page.reduce((rows, { row_count }) => rows + row_count, 0), broken: [] };
    page = await sumAfter(query, lastOf(page));
  }
  yield { rows: 0, broken: [...sums].flatMap(brokenSum) };
}

function brokenSum([currency, sum]: [string, bigint]): BrokenRow[] {
  return sum === 0n ? [] : [{ id: currency, detail: `all entries sum to ${formatAmount(sum, currency)}` }];
}

type Sum = { currency: string; sum: string; row_count: number; last: Buffer };

function sumAfter(query: Query, after?: Buffer): Promise<Sum[]> {
  const beyond = after === undefined ? 'TRUE' : 'transfer_id > ?';
  return query<Sum>(
    `SELECT e.currency, SUM(e.amount_minor) AS sum, COUNT(*) AS row_count, MAX(e.transfer_id) AS last
       FROM (SELECT DISTINCT transfer_id FROM ledger_entries WHERE ${beyond} ORDER BY transfer_id LIMIT ?) AS page
       JOIN ledger_entries e ON e.transfer_id = page.transfer_id
      GROUP BY e.currency`,
    after === undefined ? [PAGE_KEYS] : [after, PAGE_KEYS],
  );
}

function lastOf(page: readonly Sum[]): Buffer | undefined {
  return page
    .map(({ last }) => last)
    .sort(Buffer.compare)
    .at(-1);
}
