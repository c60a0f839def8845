export type ImportOptions = { createCategories: boolean; count: boolean; clear: boolean };

/** The path of an import with its options; those that are off are left out. */
export function importPath({ createCategories, count, clear }: ImportOptions, dryRun: boolean): string {
  const query = new URLSearchParams({
    ...(dryRun && { dryRun: 'true' }),
    ...(createCategories && { createCategories: 'true' }),
    ...(count && { stock: 'count' }),
    ...(clear && { blank: 'clear' }),
  });
  return query.size === 0 ? '/v1/products/import' : `/v1/products/import?${query}`;
}

/** The media type that the API takes a file by: browsers know none for some, or call CSV a spreadsheet. */
export function mediaTypeOf(fileName: string): string {
  if (/\.(ndjson|jsonl|json)$/i.test(fileName)) return 'application/x-ndjson';
  return /\.tsv$/i.test(fileName) ? 'text/tab-separated-values' : 'text/csv';
}

type Row = { row: number; sku: string | null; code?: string; errors?: readonly { path: string; message: string }[] };

/** What is wrong with a row, in one line. */
export function faultOf({ code, errors = [] }: Row): string {
  const faults = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return faults.length === 0 ? (code ?? '') : faults.join('; ');
}
