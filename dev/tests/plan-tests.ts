import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type TestPlan = {
  /** In the order in which workers take them. */
  together: string[];
  /** Run one after another, after all others. */
  alone: string[];
};

/** Milliseconds that each file took in its last run. */
export type Durations = Readonly<Record<string, number>>;

/** Marks a file whose measurements or kills do not allow other tests beside it. */
const ALONE = /^\/\/ Runs alone: /m;

/** Estimates files without a time: a line of an integration test takes longer than one of a unit test. */
const MS_PER_BYTE = 0.5;

/** Unit tests run first, so that simple mistakes show at once; then the longest files, so that none runs alone at the end. */
export function planTests(root: string, files: readonly string[], durations: Durations): TestPlan {
  const isAlone = (file: string): boolean => ALONE.test(readFileSync(join(root, file), 'utf8'));
  const durationOf = (file: string): number => durations[file] ?? statSync(join(root, file)).size * MS_PER_BYTE;
  const ordered = [...files].sort((a, b) => rankOf(a) - rankOf(b) || durationOf(b) - durationOf(a));
  return { together: ordered.filter((file) => !isAlone(file)), alone: ordered.filter(isAlone) };
}

function rankOf(file: string): number {
  return /\.(int|e2e)\.test\.ts$/.test(file) ? 1 : 0;
}
