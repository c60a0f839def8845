import { idBytes, idText } from '@florin/database';
import type { BrokenRow, Invariant, KeysOfUser, Query, RowInvariant, SweptPage } from './invariant.ts';
import { showAmounts } from './marked-amounts.ts';

/** Maximum number of keys (rows, or groups of rows) that one statement covers. */
export const PAGE_KEYS = 2_000;
/** Maximum number of keys that a statement names one by one. */
const NAMED_KEYS = 500;

/** A row that breaks an invariant: the id or key that names it, and what is wrong. */
export type Violation = { subject: string; detail: string };

export type SweepOptions = { userId?: string | undefined; maxPageKeys?: number };

/**
 * Checks one invariant, page by page along an index, so that memory stays the same and no statement takes long. SQL compares; only
 * violations are returned.
 *
 * @param options `userId`: check only what concerns this user; invariants that do not concern single users yield nothing;
 *   `maxPageKeys`: maximum number of keys that one statement covers (default 2000), for shorter statements
 */
export async function* sweepInvariant(
  query: Query,
  invariant: Invariant,
  { userId, maxPageKeys = PAGE_KEYS }: SweepOptions = {},
): AsyncGenerator<{ rows: number; violations: Violation[] }, void> {
  const pages = pagesOf(query, 'sweep' in invariant ? invariant : withPages(invariant, maxPageKeys), userId);
  for await (const { rows, broken } of pages) yield { rows, violations: broken.map(violationOf) };
}

function withPages(invariant: RowInvariant, maxPageKeys: number): RowInvariant {
  const { over } = invariant;
  return { ...invariant, over: { ...over, pageKeys: Math.min(over.pageKeys ?? PAGE_KEYS, maxPageKeys) } };
}

async function* pagesOf(query: Query, invariant: Invariant, userId: string | undefined): AsyncGenerator<SweptPage, void> {
  if (userId === undefined) yield* 'sweep' in invariant ? invariant.sweep(query) : sweepAll(query, invariant);
  else if (!('sweep' in invariant) && invariant.over.ofUser !== undefined)
    yield* sweepOfUser(query, invariant, { ofUser: invariant.over.ofUser, userId });
}

async function* sweepAll(query: Query, invariant: RowInvariant): AsyncGenerator<SweptPage, void> {
  const { column } = invariant.over;
  for (let page = await pageAfter(query, invariant); page !== undefined; page = await pageAfter(query, invariant, page.last)) {
    const { range, values } = rangeOf(column, page);
    yield { rows: page.rows, broken: await query<BrokenRow>(invariant.sql(range), values) };
  }
}

type Page = { after: unknown; last: unknown; rows: number };

async function pageAfter(query: Query, { over }: RowInvariant, after?: unknown): Promise<Page | undefined> {
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
  { over, sql }: RowInvariant,
  { ofUser, userId }: { ofUser: KeysOfUser; userId: string },
): AsyncGenerator<SweptPage, void> {
  for (const owner of await ownersOf(query, ofUser, userId)) {
    let after: unknown = ofUser.first;
    for (;;) {
      const keys: { k: unknown; c: unknown }[] = await query(ofUser.keys, [owner, after, NAMED_KEYS]);
      if (keys.length === 0) break;
      after = keys.at(-1)?.c;
      const range = `${over.column} IN (${keys.map(() => '?').join(', ')})`;
      const named = keys.map(({ k }) => k);
      yield { rows: keys.length, broken: await query<BrokenRow>(sql(range), named) };
    }
  }
}

async function ownersOf(query: Query, { owners }: KeysOfUser, userId: string): Promise<Buffer[]> {
  if (owners === undefined) return [idBytes(userId)];
  return (await query<{ id: Buffer }>(owners, [idBytes(userId)])).map(({ id }) => id);
}

function violationOf({ id, detail }: BrokenRow): Violation {
  return { subject: subjectOf(id), detail: showAmounts(String(detail)) };
}

/** Ids have 16 bytes; message keys are text. */
function subjectOf(id: unknown): string {
  if (!Buffer.isBuffer(id)) return String(id);
  return id.length === 16 ? idText(id) : id.toString('utf8');
}
