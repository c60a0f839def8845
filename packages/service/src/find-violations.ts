import { type Invariant, type Query, sweepInvariant, type Violation } from '@florin/invariants';

/** Violations are counted up to this number: a rule that every row breaks must not fill the memory. */
export const MAX_VIOLATIONS = 1_000;
/** A statement reads few rows, so that it takes a few milliseconds and rests are frequent. */
const MAX_PAGE_KEYS = 500;

/**
 * Finds the violations of rules by their subjects. A violation counts if a second look finds it too: a rule of several statements may
 * read rows of different moments.
 */
export async function findViolations(
  query: Query,
  rules: readonly Invariant[],
  beforeRecheck: () => Promise<void>,
): Promise<ReadonlyMap<string, Violation>> {
  const first = await sweep(query, rules);
  if (first.size === 0) return first;
  await beforeRecheck();
  const second = await sweep(query, rules);
  return new Map([...second].filter(([subject]) => first.has(subject)));
}

async function sweep(query: Query, rules: readonly Invariant[]): Promise<Map<string, Violation>> {
  const found = new Map<string, Violation>();
  for (const rule of rules) {
    for await (const { violations } of sweepInvariant(query, rule, { maxPageKeys: MAX_PAGE_KEYS })) {
      for (const violation of violations) {
        found.set(violation.subject, violation);
        if (found.size >= MAX_VIOLATIONS) return found;
      }
    }
  }
  return found;
}
