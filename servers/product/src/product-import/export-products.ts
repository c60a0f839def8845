import { rowsOf } from '@florin/database';
import { stringify } from 'csv-stringify/sync';
import type { Knex } from 'knex';
import { type Product, type ProductRow, presentProduct, productColumns, whereStatus } from '../catalogue/index.ts';
import { columnType, exportedFields } from './file-columns.ts';
import { defuse } from './formulas.ts';
import type { BulkFormat } from './read-rows.ts';

const PAGE_ROWS = 500;
export const BYTE_ORDER_MARK = '\uFEFF';

type ExportOptions = {
  format: BulkFormat;
  /** Whether a CSV file begins with a byte order mark. Excel needs it to read the file as UTF-8. */
  bom: boolean;
  status?: Product['status'] | undefined;
};

/**
 * Exports all products, oldest first, in the format of an import. Yields text page by page; each page shows the products at the time
 * it is read. In CSV all text is quoted, and formulas are defused.
 */
export async function* exportProducts(db: Knex, { format, bom, status }: ExportOptions): AsyncGenerator<string> {
  if (format === 'csv') yield `${bom ? BYTE_ORDER_MARK : ''}${stringify([exportedFields])}`;
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const query = db('products').select(productColumns).where('id', '>', after).orderBy('id').limit(PAGE_ROWS);
    if (status !== undefined) whereStatus(query, { status });
    const rows = await rowsOf<ProductRow>(query);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield textOf(rows.map(presentProduct), format);
    if (rows.length < PAGE_ROWS) return;
    after = last.id;
  }
}

function textOf(products: readonly Product[], format: BulkFormat): string {
  if (format === 'csv') {
    const cells = products.map((product) => exportedFields.map((field) => cellOf(field, product)));
    return stringify(cells, { quoted_string: true, cast: { string: defuse } });
  }
  return products
    .map((product) => `${JSON.stringify(Object.fromEntries(exportedFields.map((field) => [field, product[field]])))}\n`)
    .join('');
}

/** An empty list or object is an empty cell. */
function cellOf(field: (typeof exportedFields)[number], product: Product): string | number | null {
  const value = product[field];
  if (typeof value !== 'object' || value === null) return value;
  if (Object.keys(value).length === 0) return null;
  return columnType(field) === 'tags' ? (value as readonly string[]).join(', ') : JSON.stringify(value);
}
