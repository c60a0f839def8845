import { AppError, requestErrors } from '@florin/app-response';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, type PurchaseStatus, presentPurchase, purchaseColumns } from './purchase.ts';
import { readItems } from './read-items.ts';

export type PurchaseFilter = { userId?: string; status?: PurchaseStatus; from?: Date; to?: Date };

/**
 * @param options `ownerId`: only if it is this user's; leave it out for staff
 * @throws AppError NOT_FOUND when there is none, or it is another user's
 */
export async function readPurchase(db: Knex, id: string, options: { ownerId?: string | undefined } = {}): Promise<Purchase> {
  const [rows] = (await db.raw(`SELECT ${purchaseColumns} FROM purchases WHERE id = ?`, [idBytes(id)])) as [PurchaseRow[]];
  const [row] = rows;
  if (row === undefined || (options.ownerId !== undefined && options.ownerId !== idText(row.user_id))) {
    throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${id}.` });
  }
  const items = await readItems(db, [id]);
  return presentPurchase(row, items.get(id) ?? []);
}

/** Ids are time-ordered, so newest first is by id alone. */
const newestFirst: Keyset<PurchaseRow> = {
  name: 'newest',
  columns: [{ column: 'id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

export async function listPurchases(db: Knex, filter: PurchaseFilter, request: PageRequest): Promise<Page<Purchase>> {
  const query = db('purchases').select(db.raw(purchaseColumns));
  if (filter.userId !== undefined) query.where('user_id', idBytes(filter.userId));
  if (filter.status !== undefined) query.where('status', filter.status);
  if (filter.from !== undefined) query.where('created_at', '>=', filter.from);
  if (filter.to !== undefined) query.where('created_at', '<', filter.to);
  const page = await keysetPage(query, newestFirst, request);
  const items = await readItems(
    db,
    page.rows.map(({ id }) => idText(id)),
  );
  return { ...page, rows: page.rows.map((row) => presentPurchase(row, items.get(idText(row.id)) ?? [])) };
}
