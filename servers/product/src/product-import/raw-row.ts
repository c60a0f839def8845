import type { RowProblem } from './errors.ts';
import type { RowFault } from './import-row.ts';

/**
 * A row as its reader found it. `hashed` is what the release before hashed, where that is not the row itself: an import that it
 * began goes on here.
 */
export type RawRow =
  | { isBlank: true }
  | { values: Readonly<Record<string, unknown>>; faults?: readonly RowFault[]; hashed?: unknown }
  | { problem: RowProblem; hashed?: unknown };
