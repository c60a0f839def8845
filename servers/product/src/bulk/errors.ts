import { defineErrors, type FieldError } from '@florin/app-response';

export const bulkErrors = defineErrors({
  IMPORT_ROWS_PRUNED: { status: 410, title: 'What became of these rows is kept no longer' },
  NOT_ACCEPTABLE: { status: 406, title: 'Ask for text/csv or application/x-ndjson' },
});

/** Why one row of an import is refused. */
export type RowProblem = {
  code:
    | 'MALFORMED_ROW'
    | 'NOT_UTF8'
    | 'UNREADABLE'
    | 'DUPLICATE_ROW'
    | 'VALIDATION_FAILED'
    | 'NOT_FOUND'
    | 'CATEGORY_NOT_FOUND'
    | 'PRECONDITION_FAILED';
  errors: readonly FieldError[];
};

export function problem(code: RowProblem['code'], message: string, path = ''): RowProblem {
  return { code, errors: [{ path, message }] };
}
