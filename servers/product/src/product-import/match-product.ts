import type { Product } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';
import { isScientific } from './spreadsheet-numbers.ts';

/** The effect of a row whose `id` names a product with another SKU: rejected, or the product gets the row's SKU. */
export const skuMismatches = ['reject', 'rename'] as const;
export type SkuMismatch = (typeof skuMismatches)[number];

/** The products that a row may identify. */
export type Candidates = {
  byId: Product | undefined;
  bySku: Product | undefined;
  /** A stored SKU that becomes the row's SKU without its leading zeros. */
  withZeros: string | undefined;
};

/** Without `existing` the row is a new product. */
export type Match = { existing?: Product | undefined; problem?: never } | { problem: RowProblem };

/**
 * Finds the product of a row by `id`, else by `sku`. If a row has both, they must identify the same product. A row with an `id` or a
 * `version` is from an export, so it is never a new product. Pure.
 */
export function matchProduct(row: ImportRow, candidates: Candidates, skuMismatch: SkuMismatch): Match {
  const { id, sku, version } = row;
  const shortened = candidates.byId?.sku === sku ? undefined : shortenedSku(row);
  if (shortened !== undefined) return { problem: shortened };
  if (id !== undefined) return matchById(row, candidates, skuMismatch);
  if (candidates.bySku !== undefined) return { existing: candidates.bySku };
  if (version !== undefined) return { problem: problem('NOT_FOUND', VERSIONED, sku === undefined ? 'version' : 'sku') };
  if (candidates.withZeros !== undefined) return rejected('SKU_MISMATCH', lostZeros(candidates.withZeros));
  return {};
}

function matchById({ id, sku }: ImportRow, { byId, bySku }: Candidates, skuMismatch: SkuMismatch): Match {
  if (byId === undefined)
    return { problem: problem('NOT_FOUND', `there is no product ${id}; remove id and version to create a new product`, 'id') };
  if (sku === undefined || sku === byId.sku) return { existing: byId };
  if (skuMismatch === 'reject') return rejected('SKU_MISMATCH', mismatch(sku, byId.sku));
  if (bySku !== undefined) return rejected('SKU_TAKEN', `the product ${bySku.id} has this SKU`);
  return { existing: byId };
}

const VERSIONED = 'there is no such product; remove the version to create a new product';
/** Rejects an SKU that a spreadsheet shortened as a number: several SKUs may have become equal. */
export function shortenedSku({ sku }: ImportRow): RowProblem | undefined {
  return sku !== undefined && isScientific(sku) ? problem('VALIDATION_FAILED', SHORTENED, 'sku') : undefined;
}

const SHORTENED =
  'sku is a number in scientific notation, so a spreadsheet has removed digits: format the column as text before opening or saving the file';

function mismatch(sku: string, stored: string | null): string {
  if (stored === null) return 'the product with this id has no SKU; use skuMismatch=rename to set it';
  if (stored.replace(/^0+/, '') === sku) return lostZeros(stored);
  return `the product with this id has the SKU ${JSON.stringify(stored)}; use skuMismatch=rename to change it`;
}

function lostZeros(stored: string): string {
  return `a product has the SKU ${JSON.stringify(stored)}: a spreadsheet seems to have removed its leading zeros; format the column as text`;
}

function rejected(code: RowProblem['code'], message: string): Match {
  return { problem: problem(code, message, 'sku') };
}
