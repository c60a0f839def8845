import { idText } from '@florin/runtime';
import type { AuditRule } from '../../servers/payment/src/ledger/audit-rules.ts';
import type { ServiceName } from '../platform/service-names.ts';
import type { Query } from './open-doors.ts';
import type { CheckTally, Tally } from './tally.ts';

/** Rows, or groups of rows, that one statement goes through. */
export const PAGE_KEYS = 2_000;

/** Goes through one service's tables in pages along their indexes, rule by rule. SQL compares; what comes back is what is wrong. */
export async function sweepRules(
  query: Query,
  rules: readonly AuditRule[],
  { service, tally }: { service: ServiceName; tally: Tally },
): Promise<void> {
  for (const rule of rules) {
    if (!tally.wants(rule.check)) continue;
    const check = tally.open(rule.check, service, rule.over.things);
    await sweepRule(query, rule, check);
    check.end();
  }
}

async function sweepRule(query: Query, rule: AuditRule, check: CheckTally): Promise<void> {
  const { column } = rule.over;
  for (let page = await pageAfter(query, rule); page !== undefined; page = await pageAfter(query, rule, page.last)) {
    const { range, values } = rangeOf(column, page);
    const broken = await query<{ id: unknown; detail: unknown }>(rule.sql(range), values);
    for (const { id, detail } of broken) check.report(subjectOf(id), String(detail));
    check.countRows(page.rows);
  }
}

type Page = { after: unknown; last: unknown; rows: number };

async function pageAfter(query: Query, { over }: AuditRule, after?: unknown): Promise<Page | undefined> {
  const { table, key, pageKeys = PAGE_KEYS } = over;
  const beyond = after === undefined ? `${key} IS NOT NULL` : `${key} > ?`;
  const [page] = await query<{ last: unknown; row_count: string | null }>(
    `SELECT MAX(k) AS last, SUM(n) AS row_count
       FROM (SELECT ${key} AS k, COUNT(*) AS n FROM ${table} WHERE ${beyond} GROUP BY ${key} ORDER BY ${key} LIMIT ?) AS page`,
    after === undefined ? [pageKeys] : [after, pageKeys],
  );
  return page === undefined || page.last === null ? undefined : { after, last: page.last, rows: Number(page.row_count) };
}

function rangeOf(column: string, { after, last }: Page): { range: string; values: unknown[] } {
  if (after === undefined) return { range: `${column} <= ?`, values: [last] };
  return { range: `${column} > ? AND ${column} <= ?`, values: [after, last] };
}

/** Ids are 16 bytes; the keys of messages are text. */
function subjectOf(id: unknown): string {
  if (!Buffer.isBuffer(id)) return String(id);
  return id.length === 16 ? idText(id) : id.toString('utf8');
}
