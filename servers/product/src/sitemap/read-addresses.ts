import { idBytes, idText, query } from '@florin/database';
import { categorySlugs, slugOf } from '@florin/values';
import type { Knex } from 'knex';
import { MAX_CATEGORIES } from '../catalogue/index.ts';
import type { Address } from './sitemap-xml.ts';

/** Maximum number of products of one sitemap. The protocol admits 50,000; this bounds what one request reads. */
export const PRODUCTS_OF_SITEMAP = 5_000;
const ROWS_AT_ONCE = 1_000;
/** The protocol's bound of an index. */
const MAX_SITEMAPS = 50_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Reads where the sitemaps of products begin.
 *
 * @returns the id before the first product of each
 */
export async function readSitemapStarts(db: Knex, size = PRODUCTS_OF_SITEMAP): Promise<string[]> {
  const starts = [FIRST_ID];
  for (let start = FIRST_ID; starts.length < MAX_SITEMAPS; starts.push(start)) {
    const sql = `SELECT id FROM products FORCE INDEX (products_newest) WHERE status = 'active' AND id > ?
      ORDER BY id LIMIT 1 OFFSET ?`;
    const [last] = await query<{ id: Buffer }>(db, sql, [idBytes(start), size - 1]);
    if (last === undefined) break;
    start = idText(last.id);
  }
  return starts;
}

type ProductRow = { id: Buffer; name: string; slug: string | null; parent_id: Buffer | null; updated_at: Date };

/** Reads the addresses of the products after an id. Variants are on the page of their product. */
export async function readProductAddresses(db: Knex, after = FIRST_ID, size = PRODUCTS_OF_SITEMAP): Promise<Address[]> {
  const addresses: Address[] = [];
  let last = idBytes(after);
  for (let left = size; left > 0; ) {
    const sql = `SELECT id, name, slug, parent_id, updated_at FROM products FORCE INDEX (products_newest)
      WHERE status = 'active' AND id > ? ORDER BY id LIMIT ?`;
    const rows = await query<ProductRow>(db, sql, [last, Math.min(ROWS_AT_ONCE, left)]);
    addresses.push(...rows.filter((row) => row.parent_id === null).map(addressOf));
    last = rows.at(-1)?.id ?? last;
    if (rows.length < ROWS_AT_ONCE) break;
    left -= rows.length;
  }
  return addresses;
}

function addressOf({ id, name, slug, updated_at }: ProductRow): Address {
  const own = slug ?? slugOf(name);
  return { place: `/p/${idText(id)}${own === '' ? '' : `/${encodeURIComponent(own)}`}`, changedAt: updated_at };
}

type CategoryRow = { id: Buffer; name: string; parent_id: Buffer | null };

/** Reads the addresses of all categories, and of the shop's first page. */
export async function readCategoryAddresses(db: Knex): Promise<Address[]> {
  const rows = await query<CategoryRow>(db, 'SELECT id, name, parent_id FROM categories ORDER BY id LIMIT ?', [MAX_CATEGORIES]);
  const children = Map.groupBy(rows, ({ parent_id }) => (parent_id === null ? '' : idText(parent_id)));
  const addresses: Address[] = [{ place: '/' }];
  const place = (parentId: string, above: string): void => {
    const siblings = (children.get(parentId) ?? []).map(({ id, name }) => ({ id: idText(id), name }));
    for (const [id, slug] of categorySlugs(siblings)) {
      const path = `${above}/${encodeURIComponent(slug)}`;
      addresses.push({ place: path });
      place(id, path);
    }
  };
  place('', '/c');
  return addresses;
}
