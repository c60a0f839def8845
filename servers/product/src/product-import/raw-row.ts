import type { RowProblem } from './errors.ts';
import type { RowFault } from './import-row.ts';

/**
 * A row as the reader parsed it. `hashed`: the value that the row hash covers, if it differs from the row. For a Florin file it is the value
 * that the previous release hashed: an import that the previous release began continues with the same hashes.
 */
export type RawRow =
  | { isBlank: true }
  | ({ values: Readonly<Record<string, unknown>>; faults?: readonly RowFault[]; hashed?: unknown } & OfShop)
  | ({ problem: RowProblem; sku?: string | undefined; hashed?: unknown } & OfShop);

/** Of a row made from another shop's file. */
type OfShop = {
  /** The line of the file, because several rows may come from one record. */
  line?: number;
};
