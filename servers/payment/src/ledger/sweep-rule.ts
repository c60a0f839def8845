import { idBytes } from '@florin/runtime';
import { showAmounts } from './amounts-in-details.ts';
import type { AuditRule, OfUser } from './audited-tables.ts';

export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** The number of rows of a page, and those that break the rule. */
export type SweptPage = { rows: number; broken: { id: unknown; detail: string }[] };

/** Number of keys that one statement checks. */
export const PAGE_KEYS = 2_000;
/** Number of keys in an IN list. */
const NAMED_KEYS = 500;

/** Checks a rule on all rows of its table, or on the rows of one user, in pages along an index. */
export function sweepRule(query: Query, rule: AuditRule, { userId }: { userId?: string | undefined }): AsyncGenerator<SweptPage> {
  if (userId === undefined) return sweepAll(query, rule);
  return rule.over.ofUser === undefined ? nothing() : sweepOfUser(query, rule, { ofUser: rule.over.ofUser, userId });
}

async function* sweepAll(query: Query, rule: AuditRule): AsyncGenerator<SweptPage> {
  const { column } = rule.over;
  for (let page = await pageAfter(query, rule); page !== undefined; page = await pageAfter(query, rule, page.last)) {
    const { range, values } = rangeOf(column, page);
    yield { rows: page.rows, broken: await findBroken(query, rule.sql(range), values) };
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

async function* sweepOfUser(
  query: Query,
  { over, sql }: AuditRule,
  { ofUser, userId }: { ofUser: OfUser; userId: string },
): AsyncGenerator<SweptPage> {
  for (const owner of await ownersOf(query, ofUser, userId)) {
    let after: unknown = ofUser.first;
    for (;;) {
      const keys: { k: unknown; c: unknown }[] = await query(ofUser.keys, [owner, after, NAMED_KEYS]);
      if (keys.length === 0) break;
      after = keys.at(-1)?.c;
      const range = `${over.column} IN (${keys.map(() => '?').join(', ')})`;
      const named = keys.map(({ k }) => k);
      yield { rows: keys.length, broken: await findBroken(query, sql(range), named) };
    }
  }
}

async function findBroken(query: Query, sql: string, values: readonly unknown[]): Promise<SweptPage['broken']> {
  const rows = await query<{ id: unknown; detail: unknown }>(sql, values);
  return rows.map(({ id, detail }) => ({ id, detail: showAmounts(String(detail)) }));
}

async function ownersOf(query: Query, { owner }: OfUser, userId: string): Promise<Buffer[]> {
  if (owner === 'user') return [idBytes(userId)];
  const wallets = await query<{ id: Buffer }>('SELECT id FROM wallets WHERE user_id = ?', [idBytes(userId)]);
  return wallets.map(({ id }) => id);
}

async function* nothing(): AsyncGenerator<SweptPage> {}
