import type { Product } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';
import { isScientific } from './spreadsheet-numbers.ts';

/** What a row does whose `id` names a product that has another SKU. */
export const skuMismatches = ['reject', 'rename'] as const;
export type SkuMismatch = (typeof skuMismatches)[number];

/** The products that a row may mean. */
export type Candidates = {
  byId: Product | undefined;
  bySku: Product | undefined;
  /** A stored SKU from which a spreadsheet makes the row's by removing zeros. */
  withZeros: string | undefined;
};

/** No `existing`: the row is a new product. */
export type Match = { existing?: Product | undefined; problem?: never } | { problem: RowProblem };

/**
 * Finds the product of a row: by `id`, with which `sku` must agree, else by `sku`. A row with an `id` or a `version` is never a new
 * product, for it comes from an export. Pure.
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
    return { problem: problem('NOT_FOUND', `there is no product ${id}; leave out id and version for a new product`, 'id') };
  if (sku === undefined || sku === byId.sku) return { existing: byId };
  if (skuMismatch === 'reject') return rejected('SKU_MISMATCH', mismatch(sku, byId.sku));
  if (bySku !== undefined) return rejected('SKU_TAKEN', `the product ${bySku.id} has this SKU`);
  return { existing: byId };
}

const VERSIONED = 'there is no such product, and a row with a version is never a new one: leave out the version';
/** Whether a spreadsheet took the row's SKU for a number, so that others may have become the same. */
export function shortenedSku({ sku }: ImportRow): RowProblem | undefined {
  return sku !== undefined && isScientific(sku) ? problem('VALIDATION_FAILED', SHORTENED, 'sku') : undefined;
}

const SHORTENED =
  'sku is a number that a spreadsheet shortened, so its digits are lost: format the column as text before the file is opened or saved';

function mismatch(sku: string, stored: string | null): string {
  if (stored === null) return 'the product with this id has no SKU; skuMismatch=rename gives it this one';
  if (stored.replace(/^0+/, '') === sku) return lostZeros(stored);
  return `the product with this id has the SKU ${JSON.stringify(stored)}; skuMismatch=rename gives it this one`;
}

function lostZeros(stored: string): string {
  return `a product has the SKU ${JSON.stringify(stored)}: a spreadsheet seems to have removed its zeros; format the column as text`;
}

function rejected(code: RowProblem['code'], message: string): Match {
  return { problem: problem(code, message, 'sku') };
}
