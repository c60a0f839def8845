import type { Migration } from '@florin/database';

/**
 * Delivery methods, addresses, reports about parcels, and who packs a purchase. An address is in a table of its own, which nothing
 * else copies, so that it can be erased. `delivery_events` is the history of each parcel: `is_applied` is 0 for late and repeated
 * reports.
 *
 * `delivery_method` of a purchase is the method as it was when the purchase was requested. The release before leaves it out.
 */
export const delivery: Migration = {
  name: '0024-delivery',
  up: [
    `CREATE TABLE IF NOT EXISTS delivery_methods (
        id BINARY(16) NOT NULL PRIMARY KEY,
        name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        price_minor BIGINT NOT NULL,
        free_from_minor BIGINT NULL,
        currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        countries VARCHAR(1300) CHARACTER SET ascii COLLATE ascii_bin NULL,
        min_days SMALLINT UNSIGNED NOT NULL,
        max_days SMALLINT UNSIGNED NOT NULL,
        status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        version INT UNSIGNED NOT NULL DEFAULT 1,
        created_at DATETIME(3) NOT NULL,
        updated_at DATETIME(3) NOT NULL,
        CONSTRAINT delivery_methods_price CHECK (price_minor BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}),
        CONSTRAINT delivery_methods_free_from CHECK (free_from_minor BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}),
        CONSTRAINT delivery_methods_days CHECK (min_days <= max_days),
        CONSTRAINT delivery_methods_status CHECK (status IN ('active', 'archived'))
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS purchase_addresses (
        purchase_id BINARY(16) NOT NULL PRIMARY KEY,
        user_id BINARY(16) NOT NULL,
        name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        line1 VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        line2 VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        postal_code VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        city VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        region VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        phone VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        KEY purchase_addresses_user (user_id)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS delivery_events (
        id BINARY(16) NOT NULL PRIMARY KEY,
        purchase_id BINARY(16) NOT NULL,
        status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        at DATETIME(3) NOT NULL,
        is_applied TINYINT NOT NULL,
        place VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        tracking_code VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        carrier VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        reported_by BINARY(16) NOT NULL,
        idempotency_key VARBINARY(255) NOT NULL,
        request_hash BINARY(32) NOT NULL,
        sent_hash BINARY(32) NULL,
        created_at DATETIME(3) NOT NULL,
        UNIQUE KEY delivery_events_idempotency (reported_by, idempotency_key),
        KEY delivery_events_purchase (purchase_id, at, id),
        CONSTRAINT delivery_events_status
          CHECK (status IN ('packed', 'handed-over', 'in-transit', 'out-for-delivery', 'failed', 'delivered', 'returned')),
        CONSTRAINT delivery_events_is_applied CHECK (is_applied IN (0, 1))
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS packing_claims (
        purchase_id BINARY(16) NOT NULL PRIMARY KEY,
        packer_id BINARY(16) NOT NULL,
        claimed_at DATETIME(3) NOT NULL,
        KEY packing_claims_packer (packer_id, claimed_at)
      ) ENGINE=InnoDB`,
    `ALTER TABLE purchases
        ADD COLUMN delivery_method VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ALGORITHM=INSTANT`,
  ],
};
