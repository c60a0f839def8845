import { idBytes, idText } from '@florin/database';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest, siftedPage, timeValue } from '@florin/pagination';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, type PurchaseStatus, purchaseColumns } from './purchase.ts';
import { whereRequested } from './requested-between.ts';
import { withItems } from './with-items.ts';

export type PurchaseFilter = {
  /** As `readPurchaseNumber` returns it. */
  number?: string;
  userId?: string;
  status?: PurchaseStatus;
  productId?: string;
  trackingCode?: string;
  updatedSince?: Date;
  from?: Date;
  to?: Date;
  currency?: string;
  minTotalMinor?: number;
  maxTotalMinor?: number;
};

/** Default `newest`. */
export type PurchaseSort = 'newest' | 'oldest';

/** Maximum number of purchases read for one page. */
const MAX_LOOKED_AT = 10_000;
/** The previous release made the id of a purchase after its time, and the ids of its movements after waiting for locks. */
const ID_SLACK_MS = 5_000;
const SALE_SLACK_MS = 60_000;

type ListedRow = PurchaseRow & { key: Buffer };

/**
 * Lists purchases, newest first, in the order of an index: of all purchases, a number, a user, a status, a product, a tracking code
 * or a time. Other conditions are checked on at most ten thousand rows, so a page may have fewer rows than its limit and still have
 * a next page. With `updatedSince` alone or with conditions that leave many purchases, the order is that of the last changes.
 */
export async function listPurchases(
  db: Knex,
  { sort = 'newest', ...filter }: PurchaseFilter & { sort?: PurchaseSort },
  request: PageRequest,
): Promise<Page<Purchase>> {
  const path = pathOf(filter);
  const keyset = keysetOf(path, sort);
  const keys = [db.raw('?? AS ??', [path === 'product' ? 'm.id' : 'p.id', 'key'])];
  const query = along(db, filter, path).select(db.raw(listedColumns), ...keys);
  sift(query, filter, path);
  if (path === 'updated') keys.push(db.raw('p.updated_at'));
  const page = isSifted(filter, path)
    ? await siftedPage({ query, along: along(db, filter, path).select(...keys), keyset, maxRows: MAX_LOOKED_AT }, request)
    : await keysetPage(query, keyset, request);
  return { ...page, rows: await withItems(db, page.rows) };
}

const listedColumns = purchaseColumns.replaceAll(/\w+/g, 'p.$&').replaceAll('p.p.', 'p.');

/** The condition whose index the list is read along. */
type Path = 'number' | 'tracking' | 'user' | 'updated' | 'product' | 'status' | 'all';

/** In the order in which they leave few purchases: a number has one, a product has many. */
function pathOf({ number, trackingCode, userId, updatedSince, productId, status }: PurchaseFilter): Path {
  if (number !== undefined) return 'number';
  if (trackingCode !== undefined) return 'tracking';
  if (userId !== undefined) return 'user';
  if (updatedSince !== undefined) return 'updated';
  if (productId !== undefined) return 'product';
  return status === undefined ? 'all' : 'status';
}

/**
 * Ids are time-ordered. The order of a product's sales equals the order of its purchases, except for concurrent ones.
 */
function keysetOf(path: Path, sort: PurchaseSort): Keyset<ListedRow> {
  const direction = sort === 'newest' ? 'desc' : 'asc';
  const id = { column: path === 'product' ? 'm.id' : 'p.id', direction, toSql: idValue } as const;
  if (path === 'updated')
    return {
      name: `${sort}-update`,
      columns: [{ column: 'p.updated_at', direction, toSql: timeValue }, id],
      keyOf: ({ key, updated_at }) => [updated_at.getTime(), idText(key)],
    };
  return { name: path === 'product' ? `${sort}-of-product` : sort, columns: [id], keyOf: ({ key }) => [idText(key)] };
}

/**
 * Selects rows in the order of an index, by the conditions that the index can check. The index is forced, because MariaDB prefers
 * the equal status as a key to the place in the list: it read 500,000 rows for a page in the middle of a million (docs/adr/0008).
 */
function along(db: Knex, filter: PurchaseFilter, path: Path): Knex.QueryBuilder {
  const { productId, from, to } = filter;
  if (path === 'product' && productId !== undefined) {
    const sales = db(db.raw('stock_movements AS m FORCE INDEX (stock_movements_product)'));
    sales.joinRaw('STRAIGHT_JOIN purchases AS p ON p.id = m.purchase_id');
    whereRequested(sales.where({ 'm.product_id': idBytes(productId), 'm.reason': 'sale' }), 'm.id', {
      from,
      to,
      slackMs: SALE_SLACK_MS,
    });
    return sales;
  }
  const query = alongPurchases(db, filter, path);
  if (path !== 'updated') whereRequested(query, 'p.id', { from, to, slackMs: ID_SLACK_MS });
  return query;
}

function alongPurchases(db: Knex, filter: PurchaseFilter, path: Path): Knex.QueryBuilder {
  const { number = '', trackingCode = '', userId = '', updatedSince = new Date(0), status = '' } = filter;
  const indexed = (index: string): Knex.QueryBuilder => db(db.raw('purchases AS p FORCE INDEX (??)', [index]));
  switch (path) {
    case 'number':
      return indexed('purchases_number').where('p.number', number);
    case 'tracking':
      return indexed('purchases_tracking').where('p.tracking_code', trackingCode);
    case 'user':
      return indexed('purchases_user').where('p.user_id', idBytes(userId));
    case 'updated':
      return indexed('purchases_updated').where('p.updated_at', '>=', updatedSince);
    case 'status':
      return indexed('purchases_status').where('p.status', status);
    case 'product':
    case 'all':
      return indexed('PRIMARY');
  }
}

/** Whether the index cannot check all conditions. The few extra rows at the edges of a period do not count. */
function isSifted(filter: PurchaseFilter, path: Path): boolean {
  const { number, trackingCode, productId, userId, status, updatedSince, from, to, currency, minTotalMinor, maxTotalMinor } =
    filter;
  const alongs = [number, trackingCode, productId, userId, status, updatedSince].filter((by) => by !== undefined);
  const others = [currency, minTotalMinor, maxTotalMinor, ...(path === 'updated' ? [from, to] : [])];
  return alongs.length > 1 || others.some((by) => by !== undefined);
}

function sift(query: Knex.QueryBuilder, filter: PurchaseFilter, path: Path): void {
  const { number, userId, status, productId, trackingCode, updatedSince, from, to } = filter;
  const { currency, minTotalMinor, maxTotalMinor } = filter;
  if (productId !== undefined && path !== 'product') query.whereRaw(isSaleOf, [idBytes(productId)]);
  if (number !== undefined) query.where('p.number', number);
  if (trackingCode !== undefined) query.where('p.tracking_code', trackingCode);
  if (userId !== undefined) query.where('p.user_id', idBytes(userId));
  if (status !== undefined) query.where('p.status', status);
  if (updatedSince !== undefined) query.where('p.updated_at', '>=', updatedSince);
  if (from !== undefined) query.where('p.created_at', '>=', from);
  if (to !== undefined) query.where('p.created_at', '<', to);
  if (currency !== undefined) query.where('p.currency', currency);
  if (minTotalMinor !== undefined) query.where('p.total_minor', '>=', minTotalMinor);
  if (maxTotalMinor !== undefined) query.where('p.total_minor', '<=', maxTotalMinor);
}

const isSaleOf = `EXISTS (SELECT 1 FROM stock_movements AS s WHERE s.purchase_id = p.id AND s.product_id = ? AND s.reason = 'sale')`;
