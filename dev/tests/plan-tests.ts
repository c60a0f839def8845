import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type TestPlan = {
  /** In the order in which workers take them. */
  together: string[];
  /** One after another, when the others are through. */
  alone: string[];
};

/** Milliseconds that each file took when it ran last. */
export type Durations = Readonly<Record<string, number>>;

/** A file says so where what it measures or ends does not bear others beside it. */
const ALONE = /^\/\/ Runs alone: /m;

/** Stands in for files that have not run here: a line of an integration test takes longer than one of a unit test. */
const MS_PER_BYTE = 0.5;

/** Unit tests go first, so that a plain mistake shows at once; then the longest file first, so that none is left over at the end. */
export function planTests(root: string, files: readonly string[], durations: Durations): TestPlan {
  const isAlone = (file: string): boolean => ALONE.test(readFileSync(join(root, file), 'utf8'));
  const durationOf = (file: string): number => durations[file] ?? statSync(join(root, file)).size * MS_PER_BYTE;
  const ordered = [...files].sort((a, b) => rankOf(a) - rankOf(b) || durationOf(b) - durationOf(a));
  return { together: ordered.filter((file) => !isAlone(file)), alone: ordered.filter(isAlone) };
}

function rankOf(file: string): number {
  return /\.(int|e2e)\.test\.ts$/.test(file) ? 1 : 0;
}
