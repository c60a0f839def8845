import { defineErrors, type FieldError } from '@florin/app-response';

export const bulkErrors = defineErrors({
  IMPORT_ROWS_PRUNED: {
    status: 410,
    title: 'The row results have been deleted',
    meaning: 'The results of the single rows were deleted after their time. The totals remain.',
    action: 'Read the import without its rows.',
  },
  TOO_MANY_BAD_ROWS: {
    status: 422,
    title: 'Too many rows of the file are invalid',
    meaning: 'The import stopped, because more rows are invalid than it takes.',
    action: 'Read the rows of the import, correct the file, and send it under a new idempotency key.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'Accept must allow text/csv or application/x-ndjson',
    meaning: '`Accept` allows none of the types in which the service can answer.',
    action: 'Accept `text/csv` or `application/x-ndjson`.',
  },
});

export const rowCodes = [
  'CATEGORY_NOT_FOUND',
  'DUPLICATE_ROW',
  'MALFORMED_ROW',
  'NOT_FOUND',
  'NOT_UTF8',
  'OPTION_IN_USE',
  'PARENT_MISMATCH',
  'PARENT_NOT_ACTIVE',
  'PARENT_NOT_FOUND',
  'PRECONDITION_FAILED',
  'PRODUCT_HAS_NO_OPTIONS',
  'SKU_MISMATCH',
  'SKU_TAKEN',
  'SLUG_TAKEN',
  'TOO_MANY_VARIANTS',
  'UNREADABLE',
  'UNSUPPORTED_PRODUCT',
  'VALIDATION_FAILED',
  'VARIANT_EXISTS',
  'VARIANT_REQUIRED',
] as const;

/** The reason why a row of an import is rejected. */
export type RowProblem = { code: (typeof rowCodes)[number]; errors: readonly FieldError[] };

export function problem(code: RowProblem['code'], message: string, path = ''): RowProblem {
  return { code, errors: [{ path, message }] };
}
