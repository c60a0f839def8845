import { PAGE_KEYS, type Query } from '@florin/invariants';
import type { ServiceName } from '../platform/service-names.ts';
import type { CompareOptions, Comparison, Keyed, Pair, Side } from './comparison.ts';
import type { CheckCounters, Counters } from './counters.ts';
import { recheckCandidates } from './recheck-candidates.ts';

/** Maximum number of differences kept for a second look. At the maximum the second look comes at once. */
const MAX_CANDIDATES = 1_000;

/**
 * Reads both services' rows in the order of their keys, with one page of each in memory. The two snapshots are of different
 * instants and events are in flight, so that only a lasting difference counts (see recheckCandidates).
 */
export async function compareServices<L extends Keyed, R extends Keyed>(
  comparison: Comparison<L, R>,
  options: CompareOptions,
): Promise<void> {
  const { doors, counters } = options;
  const { left, right } = comparison;
  const checks = openChecks(comparison, counters);
  if (checks.size === 0) return;
  const candidates: Pair<L, R>[] = [];
  const recheck = async (): Promise<void> => {
    for (const { key, check, detail } of await recheckCandidates(comparison, candidates.splice(0), options)) {
      checks.get(check)?.report(comparison.subjectOf(key), detail);
    }
  };
  const lefts = rowsOf<L>(doors[left.service].snapshot, left);
  const rights = rowsOf<R>(doors[right.service].snapshot, right);
  for await (const pair of pairsOf(lefts, rights)) {
    for (const check of comparison.checksOf(pair)) checks.get(check)?.countRows(1);
    const difference = comparison.differenceOf(pair);
    if (difference !== undefined && checks.has(difference.check)) candidates.push(pair);
    if (candidates.length === MAX_CANDIDATES) await recheck();
  }
  await recheck();
  for (const check of checks.values()) check.end();
}

function openChecks<L extends Keyed, R extends Keyed>(
  { checks, left, right }: Comparison<L, R>,
  counters: Counters,
): Map<string, CheckCounters> {
  const wanted = Object.entries(checks).filter(([name]) => counters.wants(name));
  return new Map(wanted.map(([name, things]) => [name, counters.open(name, `${left.service}+${right.service}`, things)]));
}

async function* rowsOf<Row extends Keyed>(query: Query, side: Side): AsyncGenerator<Row, void> {
  let after: Buffer | undefined;
  for (;;) {
    const { sql, values } = side.page(after, PAGE_KEYS);
    const rows = await query<Row>(sql, values);
    yield* rows;
    if (rows.length < PAGE_KEYS) return;
    after = rows.at(-1)?.row_key;
  }
}

/** Joins two streams that are ordered by key. A key of one stream alone gives half a pair. */
export async function* pairsOf<L extends Keyed, R extends Keyed>(
  lefts: AsyncGenerator<L, void>,
  rights: AsyncGenerator<R, void>,
): AsyncGenerator<Pair<L, R>, void> {
  let left = (await lefts.next()).value as L | undefined;
  let right = (await rights.next()).value as R | undefined;
  while (left !== undefined || right !== undefined) {
    const order = left === undefined ? 1 : right === undefined ? -1 : Buffer.compare(left.row_key, right.row_key);
    const key = (order <= 0 ? left : right)?.row_key ?? Buffer.alloc(0);
    yield { key, left: order <= 0 ? left : undefined, right: order >= 0 ? right : undefined };
    if (order <= 0) left = (await lefts.next()).value as L | undefined;
    if (order >= 0) right = (await rights.next()).value as R | undefined;
  }
}

/** Reads rows by one column. `sql` returns the statement without its order, with the given condition. */
export function sideBy(service: ServiceName, column: string, sql: (condition: string) => string): Side {
  return {
    service,
    page: (after, limit) => ({
      sql: `${sql(after === undefined ? 'TRUE' : `${column} > ?`)} ORDER BY ${column} LIMIT ?`,
      values: after === undefined ? [limit] : [after, limit],
    }),
    ofKeys: (keys) => ({ sql: sql(`${column} IN (${keys.map(() => '?').join(', ')})`), values: keys }),
  };
}
