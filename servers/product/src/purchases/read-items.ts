import type { PurchaseItem } from '@florin/events';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';

/** The items of purchases, by purchase, in the order in which they were asked for. */
export async function readItems(db: Knex, purchaseIds: readonly string[]): Promise<Map<string, PurchaseItem[]>> {
  const items = new Map<string, PurchaseItem[]>(purchaseIds.map((id) => [id, []]));
  if (purchaseIds.length === 0) return items;
  const [rows] = (await db.raw(
    `SELECT purchase_id, product_id, name, quantity, unit_price_minor FROM purchase_items
     WHERE purchase_id IN (${purchaseIds.map(() => '?').join(', ')}) ORDER BY purchase_id, position`,
    purchaseIds.map(idBytes),
  )) as [{ purchase_id: Buffer; product_id: Buffer; name: string; quantity: number; unit_price_minor: number }[]];
  for (const { purchase_id, product_id, name, quantity, unit_price_minor } of rows) {
    items.get(idText(purchase_id))?.push({ productId: idText(product_id), name, quantity, unitPriceMinor: unit_price_minor });
  }
  return items;
}
