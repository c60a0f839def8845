import type { Query } from '@florin/invariants';
import { sleep } from '@florin/runtime';
import type { CompareOptions, Comparison, Difference, Keyed, Pair } from './comparison.ts';
import { count } from './counters.ts';

const KEYS_PER_STATEMENT = 500;
const LOOK_EVERY_MS = 200;
/** Extra milliseconds for rows that have changed again during the sweep. */
const GRACE_MS = 1_000;

export type Recheck = Difference & { key: Buffer };

/**
 * Reads the differing rows of both services again until they agree or `recheckMs` has passed since the snapshots.
 *
 * @returns the remaining differences
 */
export async function recheckCandidates<L extends Keyed, R extends Keyed>(
  comparison: Comparison<L, R>,
  candidates: readonly Pair<L, R>[],
  { doors, counters, recheckMs, signal }: CompareOptions,
): Promise<Recheck[]> {
  const { left, right } = comparison;
  const deadline = Math.max(doors.takenAt + recheckMs, Date.now() + Math.min(recheckMs, GRACE_MS));
  let isFirstLook = true;
  let waiting = [...candidates];
  for (;;) {
    const remaining: { first: Pair<L, R>; difference: Recheck }[] = [];
    for (let start = 0; start < waiting.length; start += KEYS_PER_STATEMENT) {
      const firsts = waiting.slice(start, start + KEYS_PER_STATEMENT);
      const current = await readPairs(
        comparison,
        firsts.map(({ key }) => key),
        doors,
      );
      for (const [index, now] of current.entries()) {
        const first = firsts[index] ?? now;
        const difference = comparison.remainingOf ? comparison.remainingOf(first, now) : comparison.differenceOf(now);
        if (difference !== undefined) remaining.push({ first, difference: { ...difference, key: now.key } });
      }
    }
    if (remaining.length === 0 || Date.now() >= deadline) return remaining.map(({ difference }) => difference);
    if (remaining.length !== waiting.length || isFirstLook) {
      counters.tell(`${left.service} and ${right.service} differ in ${count(remaining.length)} rows: reading them again`);
    }
    isFirstLook = false;
    waiting = remaining.map(({ first }) => first);
    await sleep(Math.min(LOOK_EVERY_MS, deadline - Date.now()), signal);
  }
}

/** Reads the left side first: a copy can then not be ahead of its source. */
async function readPairs<L extends Keyed, R extends Keyed>(
  { left, right }: Comparison<L, R>,
  keys: readonly Buffer[],
  doors: CompareOptions['doors'],
): Promise<Pair<L, R>[]> {
  const lefts = await readByKey<L>(doors[left.service].now, left.ofKeys(keys));
  const rights = await readByKey<R>(doors[right.service].now, right.ofKeys(keys));
  return keys.map((key) => ({ key, left: lefts.get(key.toString('hex')), right: rights.get(key.toString('hex')) }));
}

async function readByKey<Row extends Keyed>(
  query: Query,
  { sql, values }: { sql: string; values: readonly unknown[] },
): Promise<Map<string, Row>> {
  const rows = await query<Row>(sql, values);
  return new Map(rows.map((row) => [row.row_key.toString('hex'), row]));
}
