import { column, defineTable, idBytes, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
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
  sku: column.text('varchar(64)').orNull(),
  discountMinor: column.money(),
  /** NULL if a release without tax rates stored the purchase. */
  taxRatePercent: column.decimal('decimal(5,2)').orNull(),
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
    const item = readRow(purchaseItemsTable, row);
    items.get(item.purchaseId)?.push(presentItem(item));
  }
  return items;
}

function presentItem(stored: RowOf<typeof purchaseItemsTable>): PurchaseItem {
  const { purchaseId: _purchase, position: _order, optionValues, sku, discountMinor, taxRatePercent, ...item } = stored;
  return {
    ...item,
    ...(optionValues === null ? {} : { optionValues }),
    ...(sku === null ? {} : { sku }),
    ...(discountMinor === 0 ? {} : { discountMinor }),
    ...(taxRatePercent === null ? {} : { taxRatePercent }),
  };
}
