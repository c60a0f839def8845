import { idText } from '@florin/database';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, presentPurchase } from './purchase.ts';
import { readItems } from './read-items.ts';

/** Reads the items of purchases, and returns the purchases with them, in the order of the rows. */
export async function withItems(db: Knex, rows: readonly PurchaseRow[]): Promise<Purchase[]> {
  const items = await readItems(
    db,
    rows.map(({ id }) => idText(id)),
  );
  return rows.map((row) => presentPurchase(row, items.get(idText(row.id)) ?? []));
}
