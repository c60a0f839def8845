import { column, defineTable } from '@florin/database';

/** One cart per user. Every write locks its row first. */
export const cartsTable = defineTable('carts', {
  userId: column.id(),
  couponCode: column.text('varchar(32)').orNull(),
  version: column.integer('int unsigned').byDatabase(),
  updatedAt: column.time(),
});

export const cartItemsTable = defineTable('cart_items', {
  userId: column.id(),
  productId: column.id(),
  /** Orders the items; later ones have higher positions. */
  position: column.integer('int unsigned'),
  quantity: column.integer('int unsigned'),
  /** The unit price that the buyer saw when the quantity was last set. */
  addedPriceMinor: column.money(),
  addedCurrency: column.text('char(3)'),
});

/** The keys of requests that added items. */
export const cartKeysTable = defineTable('cart_keys', {
  userId: column.id(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
});
