/** What became of one row of a bulk action. */
export type RowResult = { id: string; label: string; isDone: boolean; text: string };

/** How many rows there were, were done and failed. */
export function summaryOf(results: readonly RowResult[]): { done: number; all: number; failed: number } {
  const done = results.filter(({ isDone }) => isDone).length;
  return { done, all: results.length, failed: results.length - done };
}
