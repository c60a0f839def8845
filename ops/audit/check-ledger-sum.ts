import { PAGE_KEYS } from '@florin/payment-server/ledger';
import { formatAmount } from '@florin/values';
import type { Query } from './open-doors.ts';
import type { Tally } from './tally.ts';

/** Adds all entries up, by currency: what came and what went are the same. */
export async function checkLedgerSum(query: Query, tally: Tally): Promise<void> {
  if (!tally.wants('ledger-sum')) return;
  const check = tally.open('ledger-sum', 'payment', 'entries');
  const sums = new Map<string, bigint>();
  let page = await sumAfter(query);
  while (page.length > 0) {
    for (const { currency, sum } of page) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(sum));
    check.countRows(page.reduce((rows, { row_count }) => rows + row_count, 0));
    page = await sumAfter(query, lastOf(page));
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) check.report(currency, `all entries sum to ${formatAmount(sum, currency)}`);
  }
  check.end();
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
