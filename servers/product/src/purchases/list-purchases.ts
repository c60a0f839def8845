import { idBytes, idText } from '@florin/database';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, type PurchaseStatus, presentPurchase, purchaseColumns } from './purchase.ts';
import { readItems } from './read-items.ts';
import { whereRequested } from './requested-between.ts';

export type PurchaseFilter = {
  userId?: string;
  status?: PurchaseStatus;
  productId?: string;
  trackingCode?: string;
  from?: Date;
  to?: Date;
  currency?: string;
  minTotalMinor?: number;
  maxTotalMinor?: number;
};

/** Maximum number of purchases read for one page. */
const MAX_LOOKED_AT = 10_000;
/** The previous release made the id of a purchase after its time, and the ids of its movements after waiting for locks. */
const ID_SLACK_MS = 5_000;
const SALE_SLACK_MS = 60_000;

type ListedRow = PurchaseRow & { key: Buffer };

/** Ids are time-ordered. */
const newestFirst: Keyset<ListedRow> = {
  name: 'newest',
  columns: [{ column: 'p.id', direction: 'desc', toSql: idValue }],
  keyOf: ({ key }) => [idText(key)],
};

/** The order of a product's sales equals the order of the purchases, except for concurrent ones. */
const newestOfProduct: Keyset<ListedRow> = {
  name: 'newest-of-product',
  columns: [{ column: 'm.id', direction: 'desc', toSql: idValue }],
  keyOf: newestFirst.keyOf,
};

/**
 * Lists purchases, newest first, in the order of an index: of all purchases, a user, a status, a product, a tracking code or a time.
 * Other conditions are checked on at most ten thousand rows, so a page may have fewer rows than its limit and still have a next page.
 */
export async function listPurchases(db: Knex, filter: PurchaseFilter, request: PageRequest): Promise<Page<Purchase>> {
  const keyset = isAlongSales(filter) ? newestOfProduct : newestFirst;
  const key = db.raw('?? AS ??', [keyColumn(keyset), 'key']);
  const query = along(db, filter).select(db.raw(listedColumns), key);
  sift(query, filter);
  const page = isSifted(filter)
    ? await siftedPage({ query, along: along(db, filter).select(key), keyset, maxRows: MAX_LOOKED_AT }, request)
    : await keysetPage(query, keyset, request);
  return { ...page, rows: await withItems(db, page.rows) };
}

const listedColumns = purchaseColumns.replaceAll(/\w+/g, 'p.$&').replaceAll('p.p.', 'p.');

function keyColumn({ columns }: Keyset<ListedRow>): string {
  return columns[0]?.column ?? '';
}

/** A tracking code and a user have fewer purchases than a product, so their indexes go first. */
function isAlongSales({ trackingCode, userId, productId }: PurchaseFilter): boolean {
  return productId !== undefined && userId === undefined && trackingCode === undefined;
}

/**
 * Selects rows in the order of an index, by the conditions that the index can check. The index is forced, because MariaDB prefers
 * the equal status as a key to the place in the list: it read 500,000 rows for a page in the middle of a million (docs/adr/0008).
 */
function along(db: Knex, filter: PurchaseFilter): Knex.QueryBuilder {
  const { productId, from, to } = filter;
  if (productId !== undefined && isAlongSales(filter)) {
    const sales = db(db.raw('stock_movements AS m FORCE INDEX (stock_movements_product)'));
    sales.joinRaw('STRAIGHT_JOIN purchases AS p ON p.id = m.purchase_id');
    whereRequested(sales.where({ 'm.product_id': idBytes(productId), 'm.reason': 'sale' }), 'm.id', {
      from,
      to,
      slackMs: SALE_SLACK_MS,
    });
    return sales;
  }
  const query = alongPurchases(db, filter);
  whereRequested(query, 'p.id', { from, to, slackMs: ID_SLACK_MS });
  return query;
}

function alongPurchases(db: Knex, { trackingCode, userId, status }: PurchaseFilter): Knex.QueryBuilder {
  const indexed = (index: string): Knex.QueryBuilder => db(db.raw('purchases AS p FORCE INDEX (??)', [index]));
  if (trackingCode !== undefined) return indexed('purchases_tracking').where('p.tracking_code', trackingCode);
  if (userId !== undefined) return indexed('purchases_user').where('p.user_id', idBytes(userId));
  if (status !== undefined) return indexed('purchases_status').where('p.status', status);
  return indexed('PRIMARY');
}

/** Whether the index cannot check all conditions. The few extra rows at the edges of a period do not count. */
function isSifted(filter: PurchaseFilter): boolean {
  const { trackingCode, productId, userId, status, currency, minTotalMinor, maxTotalMinor } = filter;
  const alongs = [trackingCode, productId, userId, status].filter((by) => by !== undefined);
  return alongs.length > 1 || [currency, minTotalMinor, maxTotalMinor].some((by) => by !== undefined);
}

function sift(query: Knex.QueryBuilder, filter: PurchaseFilter): void {
  const { userId, status, productId, trackingCode, from, to, currency, minTotalMinor, maxTotalMinor } = filter;
  if (productId !== undefined && !isAlongSales(filter)) query.whereRaw(isSaleOf, [idBytes(productId)]);
  if (trackingCode !== undefined) query.where('p.tracking_code', trackingCode);
  if (userId !== undefined) query.where('p.user_id', idBytes(userId));
  if (status !== undefined) query.where('p.status', status);
  if (from !== undefined) query.where('p.created_at', '>=', from);
  if (to !== undefined) query.where('p.created_at', '<', to);
  if (currency !== undefined) query.where('p.currency', currency);
  if (minTotalMinor !== undefined) query.where('p.total_minor', '>=', minTotalMinor);
  if (maxTotalMinor !== undefined) query.where('p.total_minor', '<=', maxTotalMinor);
}

const isSaleOf = `EXISTS (SELECT 1 FROM stock_movements AS s WHERE s.purchase_id = p.id AND s.product_id = ? AND s.reason = 'sale')`;

async function withItems(db: Knex, rows: readonly ListedRow[]): Promise<Purchase[]> {
  const items = await readItems(
    db,
    rows.map(({ id }) => idText(id)),
  );
  return rows.map((row) => presentPurchase(row, items.get(idText(row.id)) ?? []));
}
