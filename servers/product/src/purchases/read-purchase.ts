import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, presentPurchase, purchaseColumns } from './purchase.ts';
import { readItems } from './read-items.ts';

/**
 * @param options `ownerId`: only if it is this user's; leave it out for staff
 * @throws AppError NOT_FOUND when there is none, or it is another user's
 */
export async function readPurchase(db: Knex, id: string, options: { ownerId?: string | undefined } = {}): Promise<Purchase> {
  const row = await queryFirst<PurchaseRow>(db, `SELECT ${purchaseColumns} FROM purchases WHERE id = ?`, [idBytes(id)]);
  if (row === undefined || (options.ownerId !== undefined && options.ownerId !== idText(row.user_id))) {
    throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${id}.` });
  }
  const items = await readItems(db, [id]);
  return presentPurchase(row, items.get(id) ?? []);
}
