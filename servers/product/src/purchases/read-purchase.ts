import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, presentPurchase, purchaseColumns } from './purchase.ts';
import { readItems } from './read-items.ts';

/**
 * @param options `ownerId`: the user who must own the purchase; absent for staff
 * @throws AppError NOT_FOUND if the purchase does not exist or has another owner
 */
export async function readPurchase(db: Knex, id: string, options: { ownerId?: string | undefined } = {}): Promise<Purchase> {
  const row = await queryFirst<PurchaseRow>(db, `SELECT ${purchaseColumns} FROM purchases WHERE id = ?`, [idBytes(id)]);
  if (row === undefined || (options.ownerId !== undefined && options.ownerId !== idText(row.user_id))) {
    throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${id}.` });
  }
  const items = await readItems(db, [id]);
  return presentPurchase(row, items.get(id) ?? []);
}
