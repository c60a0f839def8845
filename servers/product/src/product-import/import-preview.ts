import { newId } from '@florin/database';
import { rowReport } from './import-batch.ts';
import { type ImportReport, MAX_PREVIEWED, presentReport, REFUSALS_SHOWN } from './import-report.ts';
import type { RowOutcome } from './import-rows.ts';
import type { ReadRow } from './read-rows.ts';

export type Preview = {
  add(rows: readonly ReadRow[], outcomes: readonly RowOutcome[]): void;
  report(): ImportReport;
};

/** Collects what an import would do with each row, in the form of an import. Keeps `MAX_PREVIEWED` rows and counts the others. */
export function createPreview(userId: string): Preview {
  const at = new Date().toISOString();
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
  const results: ImportReport['refusals'] = [];
  const refusals: ImportReport['refusals'] = [];
  return {
    add(rows, outcomes) {
      for (const [index, outcome] of outcomes.entries()) {
        const row = rows[index];
        if (row === undefined) continue;
        counts.rows++;
        counts[outcome.outcome]++;
        const shown = presentReport(rowReport(row, outcome));
        if (results.length < MAX_PREVIEWED) results.push(shown);
        if (outcome.outcome === 'refused' && refusals.length < REFUSALS_SHOWN) refusals.push(shown);
      }
    },
    report: () => ({
      id: newId(),
      userId,
      status: 'done',
      ...counts,
      refusals,
      createdAt: at,
      updatedAt: new Date().toISOString(),
      dryRun: true,
      results,
    }),
  };
}
