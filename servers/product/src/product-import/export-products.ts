import { idBytes, rowsOf } from '@florin/database';
import { stringify } from 'csv-stringify/sync';
import type { Knex } from 'knex';
import { type Product, type ProductRow, presentProduct, productColumns, whereStatus } from '../catalogue/index.ts';
import { type ExportedValues, exportedValues } from './exported-values.ts';
import { columnType, type ExportedColumn, exportedColumns } from './file-columns.ts';
import { defuse } from './formulas.ts';
import type { BulkFormat } from './read-rows.ts';

const PAGE_ROWS = 500;
/** Products with options whose variants are read at once: at most 500 variants. */
const PARENTS_AT_ONCE = 5;
export const BYTE_ORDER_MARK = '\uFEFF';

type ExportOptions = {
  format: BulkFormat;
  /** Whether a CSV file begins with a byte order mark. Excel needs it to read the file as UTF-8. */
  bom: boolean;
  status?: Product['status'] | undefined;
};

/**
 * Exports all products, oldest first, in the format of an import. The variants of a product follow it. Yields text page by page;
 * each page shows the products at the time it is read. In CSV all text is quoted, and formulas are defused.
 */
export async function* exportProducts(db: Knex, { format, bom, status }: ExportOptions): AsyncGenerator<string> {
  if (format === 'csv') yield `${bom ? BYTE_ORDER_MARK : ''}${stringify([exportedColumns])}`;
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const query = db('products')
      .select(productColumns)
      .where('id', '>', after)
      .whereNull('parent_id')
      .orderBy('id')
      .limit(PAGE_ROWS);
    if (status !== undefined)
      query.where((any) => void any.where((own) => whereStatus(own, { status })).orWhereNotNull('options'));
    const rows = await rowsOf<ProductRow>(query);
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const part of partsOf(rows)) {
      const text = textOf(await valuesOf(db, part.map(presentProduct), status), format);
      if (text !== '') yield text;
    }
    if (rows.length < PAGE_ROWS) return;
    after = last.id;
  }
}

/** Cuts a page so that the variants of at most PARENTS_AT_ONCE products are in memory. */
function* partsOf(rows: readonly ProductRow[]): Generator<ProductRow[]> {
  let part: ProductRow[] = [];
  let parents = 0;
  for (const row of rows) {
    part.push(row);
    if (row.options === null || ++parents % PARENTS_AT_ONCE > 0) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

async function valuesOf(
  db: Knex,
  products: readonly Product[],
  status: Product['status'] | undefined,
): Promise<ExportedValues[]> {
  const parents = products.filter(({ options }) => options !== null).map(({ id }) => idBytes(id));
  const variants = parents.length === 0 ? [] : await readVariants(db, parents, status);
  return products.flatMap((product) => [
    ...(status === undefined || product.status === status ? [exportedValues(product)] : []),
    ...variants.filter(({ parentId }) => parentId === product.id).map((variant) => exportedValues(variant, product)),
  ]);
}

async function readVariants(db: Knex, parents: readonly Buffer[], status: Product['status'] | undefined): Promise<Product[]> {
  const query = db('products').select(productColumns).whereIn('parent_id', parents).orderBy('id');
  if (status !== undefined) whereStatus(query, { status });
  return (await rowsOf<ProductRow>(query)).map(presentProduct);
}

function textOf(rows: readonly ExportedValues[], format: BulkFormat): string {
  if (rows.length === 0) return '';
  if (format === 'csv') {
    const cells = rows.map((row) => exportedColumns.map((column) => cellOf(column, row[column])));
    return stringify(cells, { quoted_string: true, cast: { string: defuse } });
  }
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(exportedColumns.map((column) => [column, row[column]])))}\n`)
    .join('');
}

/** An empty list or object is an empty cell. */
function cellOf(column: ExportedColumn, value: ExportedValues[ExportedColumn]): string | number | null {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.keys(value).length === 0) return null;
  return columnType(column) === 'tags' ? (value as readonly string[]).join(', ') : JSON.stringify(value);
}
