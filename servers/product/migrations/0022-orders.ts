import type { Migration } from '@florin/database';

/**
 * Prices of purchases beyond the sum of their items, and carts. The release before inserts purchases without the new columns:
 * `subtotal_minor` is then NULL, and the total is the subtotal. No CHECK on purchases, because adding one copies the table.
 *
 * `tax` has the tax of each rate as JSON; NULL if there is none. `cart_keys` has no foreign key: a key outlives its cart.
 */
export const orders: Migration = {
  name: '0022-orders',
  up: [
    `CREATE TABLE IF NOT EXISTS carts (
        user_id BINARY(16) NOT NULL PRIMARY KEY,
        coupon_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
        version INT UNSIGNED NOT NULL DEFAULT 1,
        updated_at DATETIME(3) NOT NULL,
        KEY carts_updated (updated_at)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS cart_items (
        user_id BINARY(16) NOT NULL,
        product_id BINARY(16) NOT NULL,
        position INT UNSIGNED NOT NULL,
        quantity INT UNSIGNED NOT NULL,
        added_price_minor BIGINT NOT NULL,
        added_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        PRIMARY KEY (user_id, product_id),
        CONSTRAINT cart_items_cart FOREIGN KEY (user_id) REFERENCES carts (user_id) ON DELETE CASCADE,
        CONSTRAINT cart_items_quantity CHECK (quantity BETWEEN 1 AND 1000000)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS cart_keys (
        user_id BINARY(16) NOT NULL,
        idempotency_key VARBINARY(255) NOT NULL,
        request_hash BINARY(32) NOT NULL,
        sent_hash BINARY(32) NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (user_id, idempotency_key),
        KEY cart_keys_created (created_at)
      ) ENGINE=InnoDB`,
    `ALTER TABLE purchase_items
        ADD COLUMN sku VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0,
        ADD COLUMN tax_rate_percent DECIMAL(5,2) NULL,
        ALGORITHM=INSTANT`,
    `ALTER TABLE purchases
        ADD COLUMN subtotal_minor BIGINT NULL,
        ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0,
        ADD COLUMN delivery_minor BIGINT NOT NULL DEFAULT 0,
        ADD COLUMN tax VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN coupon_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0,
        ALGORITHM=INSTANT`,
  ],
};
