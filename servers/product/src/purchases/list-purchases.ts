import { encodeCursor, idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, type PurchaseStatus, presentPurchase, purchaseColumns } from './purchase.ts';
import { readItems } from './read-items.ts';
import { whereRequested } from './requested-between.ts';

export type PurchaseFilter = {
  userId?: string;
  status?: PurchaseStatus;
  productId?: string;
  from?: Date;
  to?: Date;
  minTotalMinor?: number;
  maxTotalMinor?: number;
};

/** So many purchases are looked at for one page, however few of them are what is asked for. */
const MOST_LOOKED_AT = 10_000;
/** A purchase's id is made at once when its time has been taken, the movement's after it has waited for locks. */
const ID_SLACK_MS = 5_000;
const SALE_SLACK_MS = 60_000;

type ListedRow = PurchaseRow & { key: Buffer };

/** Ids are time-ordered, so newest first is by id alone. */
const newestFirst: Keyset<ListedRow> = {
  name: 'newest',
  columns: [{ column: 'p.id', direction: 'desc', toSql: idValue }],
  keyOf: ({ key }) => [idText(key)],
};

/** The sales of one product lie in the order of their movements: that of the purchases, but for a blink between two at once. */
const newestOfProduct: Keyset<ListedRow> = {
  name: 'newest-of-product',
  columns: [{ column: 'm.id', direction: 'desc', toSql: idValue }],
  keyOf: newestFirst.keyOf,
};

/**
 * Newest first. What has an index of its own (everything, a user, a status, a product, a time) is read along it. The rest is
 * looked for among the next ten thousand only: a page may then hold fewer than asked for and still have a next one.
 */
export async function listPurchases(db: Knex, filter: PurchaseFilter, request: PageRequest): Promise<Page<Purchase>> {
  const keyset = isAlongSales(filter) ? newestOfProduct : newestFirst;
  const end = isSifted(filter) ? await endOfLook(db, filter, { keyset, request }) : undefined;
  const query = along(db, filter).select(db.raw(`${listedColumns}, ${keyColumn(keyset)} AS \`key\``));
  sift(query, filter);
  if (end !== undefined) query.where(keyColumn(keyset), '>=', end);
  const page = await keysetPage(query, keyset, request);
  const nextCursor = page.nextCursor ?? (end === undefined ? null : encodeCursor(keyset.name, [idText(end)]));
  return { limit: page.limit, nextCursor, rows: await withItems(db, page.rows) };
}

const listedColumns = purchaseColumns.replaceAll(/\w+/g, 'p.$&').replaceAll('p.p.', 'p.');

function keyColumn({ columns }: Keyset<ListedRow>): string {
  return columns[0]?.column ?? '';
}

/** A user's own purchases are fewer than a product's. */
function isAlongSales({ userId, productId }: PurchaseFilter): boolean {
  return productId !== undefined && userId === undefined;
}

/**
 * The rows in the order of an index, by what that index holds. It is named, because MariaDB takes the equal status for a better
 * key than the place in the list: half a million rows were read for a page from the middle of a million (docs/adr/0008).
 */
function along(db: Knex, filter: PurchaseFilter): Knex.QueryBuilder {
  const { userId, status, productId, from, to } = filter;
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
  const index = userId !== undefined ? 'purchases_user' : status !== undefined ? 'purchases_status' : 'PRIMARY';
  const query = db(db.raw(`purchases AS p FORCE INDEX (${index})`));
  if (userId !== undefined) query.where('p.user_id', idBytes(userId));
  else if (status !== undefined) query.where('p.status', status);
  whereRequested(query, 'p.id', { from, to, slackMs: ID_SLACK_MS });
  return query;
}

/** Whether rows are read that are not asked for. The edges of a time are, but few. */
function isSifted({ userId, status, productId, minTotalMinor, maxTotalMinor }: PurchaseFilter): boolean {
  const alongs = [productId, userId, status].filter((by) => by !== undefined);
  return alongs.length > 1 || minTotalMinor !== undefined || maxTotalMinor !== undefined;
}

function sift(query: Knex.QueryBuilder, filter: PurchaseFilter): void {
  const { userId, status, productId, from, to, minTotalMinor, maxTotalMinor } = filter;
  if (productId !== undefined && !isAlongSales(filter)) query.whereRaw(isSaleOf, [idBytes(productId)]);
  if (userId !== undefined) query.where('p.user_id', idBytes(userId));
  if (status !== undefined) query.where('p.status', status);
  if (from !== undefined) query.where('p.created_at', '>=', from);
  if (to !== undefined) query.where('p.created_at', '<', to);
  if (minTotalMinor !== undefined) query.where('p.total_minor', '>=', minTotalMinor);
  if (maxTotalMinor !== undefined) query.where('p.total_minor', '<=', maxTotalMinor);
}

const isSaleOf = `EXISTS (SELECT 1 FROM stock_movements AS s WHERE s.purchase_id = p.id AND s.product_id = ? AND s.reason = 'sale')`;

/** The key of the last row that this page looks at, where there are more behind it. */
async function endOfLook(
  db: Knex,
  filter: PurchaseFilter,
  { keyset, request }: { keyset: Keyset<ListedRow>; request: PageRequest },
): Promise<Buffer | undefined> {
  const column = keyColumn(keyset);
  const query = along(db, filter).select(db.raw(`${column} AS \`key\``));
  const { rows } = await keysetPage(query.offset(MOST_LOOKED_AT), keyset, { ...request, limit: 1 });
  return rows[0]?.key;
}

async function withItems(db: Knex, rows: readonly ListedRow[]): Promise<Purchase[]> {
  const items = await readItems(
    db,
    rows.map(({ id }) => idText(id)),
  );
  return rows.map((row) => presentPurchase(row, items.get(idText(row.id)) ?? []));
}
