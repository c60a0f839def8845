import { column, defineTable, idBytes, query, readRow, type StoredRowOf } from '@florin/database';
import type { PurchaseItem } from '@florin/events';
import type { Knex } from 'knex';

export const purchaseItemsTable = defineTable('purchase_items', {
  purchaseId: column.id(),
  position: column.integer('tinyint unsigned'),
  productId: column.id(),
  name: column.text('varchar(200)'),
  quantity: column.integer('int unsigned'),
  unitPriceMinor: column.money(),
  optionValues: column.json<NonNullable<PurchaseItem['optionValues']>>('varchar(640)').orNull(),
});

/** Reads the items of purchases, by purchase, in the order of the request. */
export async function readItems(db: Knex, purchaseIds: readonly string[]): Promise<Map<string, PurchaseItem[]>> {
  const items = new Map<string, PurchaseItem[]>(purchaseIds.map((id) => [id, []]));
  if (purchaseIds.length === 0) return items;
  const rows = await query<StoredRowOf<typeof purchaseItemsTable>>(
    db,
    `SELECT ${purchaseItemsTable.list} FROM purchase_items WHERE purchase_id IN (?) ORDER BY purchase_id, position`,
    [purchaseIds.map(idBytes)],
  );
  for (const row of rows) {
    const { purchaseId, position: _order, optionValues, ...item } = readRow(purchaseItemsTable, row);
    items.get(purchaseId)?.push(optionValues === null ? item : { ...item, optionValues });
  }
  return items;
}
