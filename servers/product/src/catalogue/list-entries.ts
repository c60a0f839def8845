import { idText, rowsOf } from '@florin/database';
import { encodeCursor, type Keyset, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { type ListedRow, productColumns } from './product.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';

/** Maximum number of rows read for one page, and at once. Variants that are not shown count. */
const MAX_READ = 2_000;
const MAX_READ_AT_ONCE = 500;
/** All columns of the index: MySQL does not see that the first ones are the same, and would sort all variants of the product. */
const inFamilyOrder = ['parent_id', 'status', 'price_minor', 'id'].map((column) => `sibling.${column}`);

type Entries = {
  filter: ProductFilter;
  keyset: Keyset<ProductRow>;
  /** Reads a page of what is sold, along an index. */
  readPage(request: PageRequest): Promise<Page<ProductRow>>;
};

/**
 * Lists products with one entry for a product and its variants: the cheapest variant that matches the filter, at its own place in
 * the order. Other variants and products with options are skipped. Without variants this costs one row more than the page.
 *
 * A page reads at most MAX_READ rows and the rest of the last chunk. So it may have fewer entries than its limit, and still have a
 * `nextCursor`, where hundreds of variants in a row are not shown.
 */
export async function listEntries(
  db: Knex,
  { filter, keyset, readPage }: Entries,
  { limit, cursor }: PageRequest,
): Promise<Page<ListedRow>> {
  const entries: ProductRow[] = [];
  let [end, read, chunk] = [cursor, 0, limit + 1];
  for (;;) {
    const page = await readPage({ limit: chunk, cursor: end });
    entries.push(...(await withoutSkipped(db, page.rows, filter)));
    read += page.rows.length;
    const shown = entries.slice(0, limit);
    const last = shown.at(-1);
    if (entries.length > limit && last !== undefined)
      return { rows: await withParents(db, shown), limit, nextCursor: encodeCursor(keyset.name, keyset.keyOf(last)) };
    const isShort = page.rows.length < chunk;
    if (page.nextCursor === null || isShort || read >= MAX_READ)
      return { rows: await withParents(db, shown), limit, nextCursor: page.nextCursor };
    end = page.nextCursor;
    const rowsPerEntry = read / Math.max(1, entries.length);
    chunk = Math.min(MAX_READ_AT_ONCE, Math.ceil((limit + 1 - entries.length) * rowsPerEntry));
  }
}

async function withoutSkipped(db: Knex, rows: readonly ProductRow[], filter: ProductFilter): Promise<ProductRow[]> {
  const variants = rows.filter(({ parent_id }) => parent_id !== null).map(({ id }) => id);
  const shown = variants.length === 0 ? new Set() : await findShown(db, variants, filter);
  const entries: ProductRow[] = [];
  for (const row of rows) {
    if (row.parent_id !== null) entries.push(...(shown.has(idText(row.id)) ? [row] : []));
    else if (row.options === null) entries.push(row);
    else if (isNamed(filter)) entries.push(...(await cheapestOf(db, row, filter)));
  }
  return entries;
}

/** A product with options is found by its own SKU and slug. One product at most has them. */
function isNamed({ sku, slug }: ProductFilter): boolean {
  return (sku ?? slug) !== undefined;
}

async function cheapestOf(
  db: Knex,
  { id }: ProductRow,
  { sku: _sku, slug: _slug, categoryId: _category, categories: _categories, ...filter }: ProductFilter,
): Promise<ProductRow[]> {
  const variants = db(db.raw('products FORCE INDEX (products_family)')).select(productColumns).where({ parent_id: id });
  return rowsOf<ProductRow>(whereMatches(variants, filter).orderBy(['price_minor', 'id']).limit(1));
}

/**
 * Finds those of the variants that stand for their product: the cheapest that match. A variant whose product has another status is
 * not listed. The variants of a product share its categories, tags and attributes, so these conditions are left out, and so is a
 * query of the server's full text. Words of the search index stay: it has the SKU of each variant.
 */
async function findShown(
  db: Knex,
  ids: readonly Buffer[],
  { text, labels: _labels, categoryId: _category, categories: _categories, ...filter }: ProductFilter,
): Promise<Set<string>> {
  const cheapest = db(db.raw('products AS sibling FORCE INDEX (products_family)')).select('sibling.id');
  const isIndexed = text?.kind === 'few' || text?.kind === 'many';
  whereMatches(cheapest.whereRaw('sibling.parent_id = variant.parent_id'), isIndexed ? { ...filter, text } : filter);
  const query = db('products AS variant')
    .join('products AS parent', 'parent.id', 'variant.parent_id')
    .whereIn('variant.id', ids)
    .whereRaw("parent.status = variant.status AND (variant.status = 'active' OR parent.is_draft = variant.is_draft)")
    .where('variant.id', cheapest.orderBy(inFamilyOrder).limit(1))
    .select('variant.id');
  return new Set((await rowsOf<{ id: Buffer }>(query)).map(({ id }) => idText(id)));
}

async function withParents(db: Knex, rows: readonly ProductRow[]): Promise<ListedRow[]> {
  const ids = rows.flatMap(({ parent_id }) => parent_id ?? []);
  if (ids.length === 0) return [...rows];
  const found = await rowsOf<ProductRow>(db('products').select(productColumns).whereIn('id', ids));
  const parents = new Map(found.map((row) => [idText(row.id), row]));
  return rows.map((row) => {
    const parent = row.parent_id === null ? undefined : parents.get(idText(row.parent_id));
    return parent === undefined ? row : { ...row, parent };
  });
}
