import type { FileResult } from './test-result.ts';

/** More failed files are no accident of a busy machine. */
const MAX_FILES = 3;

/**
 * Runs files with a failure once more, while nothing else runs. A file that then passes counts as passed and keeps its first
 * failures, which the reports show: a test that depends on the machine's load must still be mended.
 *
 * @param run runs files one after the other
 * @returns all results, with those of the repeated files in the place of their first ones
 */
export async function repeatFailed(
  results: readonly FileResult[],
  run: (files: readonly string[]) => Promise<readonly FileResult[]>,
): Promise<FileResult[]> {
  const failed = results.filter(hasFailed);
  if (failed.length === 0 || failed.length > MAX_FILES) return [...results];
  const repeated = await run([...new Set(failed.map(({ file }) => file))]);
  return results.map((first) => {
    const second = onlyResultOf(first.file, repeated);
    const isMended =
      hasFailed(first) && onlyResultOf(first.file, results) === first && second !== undefined && !hasFailed(second);
    return isMended ? { ...second, firstFailures: first.tests.filter(({ state }) => state === 'failed') } : first;
  });
}

function hasFailed({ tests }: FileResult): boolean {
  return tests.some(({ state }) => state === 'failed');
}

/** A second result of a file says that it left something running. */
function onlyResultOf(file: string, results: readonly FileResult[]): FileResult | undefined {
  const found = results.filter((result) => result.file === file);
  return found.length === 1 ? found[0] : undefined;
}
