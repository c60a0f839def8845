import type { Migration } from '@florin/database';

/** Outbox, inbox and dead letters. */
const messaging = [
  `CREATE TABLE outbox (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    event_id BINARY(16) NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(64) NOT NULL,
    type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
  ) ENGINE=InnoDB`,
  `CREATE TABLE inbox (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_id BINARY(16) NOT NULL,
    received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (consumer, event_id),
    KEY inbox_received_at (received_at)
  ) ENGINE=InnoDB`,
  `CREATE TABLE consumer_offsets (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    partition_id INT NOT NULL,
    next_offset BIGINT NOT NULL,
    PRIMARY KEY (consumer, topic, partition_id)
  ) ENGINE=InnoDB`,
  // arrival keeps the order in which a key's events came. 'dead' could not be handled; 'parked' waits behind a dead one.
  `CREATE TABLE dead_letters (
    arrival BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id BINARY(16) NOT NULL,
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    partition_id INT NOT NULL,
    message_offset BIGINT NOT NULL,
    message_key VARBINARY(255) NULL,
    value MEDIUMBLOB NULL,
    cause VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    attempts INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    UNIQUE KEY dead_letters_id (id),
    UNIQUE KEY dead_letters_message (consumer, topic, partition_id, message_offset),
    KEY dead_letters_key (consumer, message_key, arrival),
    KEY dead_letters_cause (consumer, cause, created_at),
    CONSTRAINT dead_letters_status CHECK (status IN ('dead', 'parked')),
    CONSTRAINT dead_letters_reason CHECK ((status = 'dead') = (reason IS NOT NULL))
  ) ENGINE=InnoDB`,
  `CREATE TABLE quarantined (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(255) NOT NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (consumer, message_key)
  ) ENGINE=InnoDB`,
  `CREATE TABLE IF NOT EXISTS parked_outbox (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    event_id BINARY(16) NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(64) NOT NULL,
    type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    parked_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    KEY parked_outbox_key (topic, message_key, id),
    KEY parked_outbox_event (event_id)
  ) ENGINE=InnoDB`,
];

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

const statements = [
  `CREATE TABLE categories (
    id BINARY(16) NOT NULL PRIMARY KEY,
    name VARCHAR(200) COLLATE utf8mb4_unicode_ci NOT NULL,
    description VARCHAR(2000) COLLATE utf8mb4_unicode_ci NOT NULL,
    parent_id BINARY(16) NULL,
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    CONSTRAINT categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,

  // The order of each key is a list's order: status, what is sorted by, id.
  `CREATE TABLE products (
    id BINARY(16) NOT NULL PRIMARY KEY,
    category_id BINARY(16) NOT NULL,
    name VARCHAR(200) COLLATE utf8mb4_unicode_ci NOT NULL,
    description TEXT COLLATE utf8mb4_unicode_ci NOT NULL,
    price_minor BIGINT NOT NULL,
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    image_url VARCHAR(2000) COLLATE utf8mb4_unicode_ci NULL,
    stock BIGINT NOT NULL,
    status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    KEY products_newest (status, id),
    KEY products_price (status, price_minor, id),
    KEY products_name (status, name, id),
    KEY products_category (category_id, status, id),
    CONSTRAINT products_category FOREIGN KEY (category_id) REFERENCES categories (id),
    CONSTRAINT products_price CHECK (price_minor BETWEEN 0 AND ${MAX_MINOR}),
    CONSTRAINT products_stock CHECK (stock BETWEEN 0 AND ${MAX_MINOR}),
    CONSTRAINT products_status CHECK (status IN ('active', 'archived'))
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,

  // UNIQUE by purchase, product and reason: a purchase's stock is taken once and goes back at most once.
  `CREATE TABLE stock_movements (
    id BINARY(16) NOT NULL PRIMARY KEY,
    product_id BINARY(16) NOT NULL,
    delta BIGINT NOT NULL,
    reason VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stock_after BIGINT NOT NULL,
    purchase_id BINARY(16) NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY stock_movements_purchase (purchase_id, product_id, reason),
    KEY stock_movements_product (product_id, id),
    CONSTRAINT stock_movements_product FOREIGN KEY (product_id) REFERENCES products (id),
    CONSTRAINT stock_movements_delta CHECK (delta <> 0),
    CONSTRAINT stock_movements_after CHECK (stock_after >= 0),
    CONSTRAINT stock_movements_reason CHECK (reason IN ('opening', 'delivery', 'correction', 'sale', 'return')),
    CONSTRAINT stock_movements_of_purchase CHECK ((reason IN ('sale', 'return')) = (purchase_id IS NOT NULL))
  ) ENGINE=InnoDB`,

  `CREATE TABLE purchases (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    total_minor BIGINT NOT NULL,
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decline_reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    refund VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'none',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    idempotency_key VARBINARY(255) NOT NULL,
    request_hash BINARY(32) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY purchases_idempotency (user_id, idempotency_key),
    KEY purchases_user (user_id, id),
    KEY purchases_status (status, id),
    CONSTRAINT purchases_status CHECK (status IN ('requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered')),
    CONSTRAINT purchases_refund CHECK (refund = 'none' OR (status = 'cancelled' AND refund IN ('pending', 'done'))),
    CONSTRAINT purchases_decline CHECK ((status = 'declined') = (decline_reason IS NOT NULL)),
    CONSTRAINT purchases_total CHECK (total_minor BETWEEN 0 AND ${MAX_MINOR})
  ) ENGINE=InnoDB`,

  `CREATE TABLE purchase_items (
    purchase_id BINARY(16) NOT NULL,
    position TINYINT UNSIGNED NOT NULL,
    product_id BINARY(16) NOT NULL,
    name VARCHAR(200) COLLATE utf8mb4_unicode_ci NOT NULL,
    quantity INT UNSIGNED NOT NULL,
    unit_price_minor BIGINT NOT NULL,
    PRIMARY KEY (purchase_id, position),
    CONSTRAINT purchase_items_purchase FOREIGN KEY (purchase_id) REFERENCES purchases (id),
    CONSTRAINT purchase_items_quantity CHECK (quantity BETWEEN 1 AND 1000000)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,

  `CREATE TABLE purchase_timeline (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    purchase_id BINARY(16) NOT NULL,
    at DATETIME(3) NOT NULL,
    type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    service VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_id BINARY(16) NOT NULL,
    detail TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    KEY purchase_timeline_purchase (purchase_id, at, id)
  ) ENGINE=InnoDB`,

  // A copy of each wallet's limit, as payment last told.
  `CREATE TABLE buyer_limits (
    user_id BINARY(16) NOT NULL,
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    available_minor BIGINT NOT NULL,
    spend_limit_minor BIGINT NOT NULL,
    status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (user_id, currency)
  ) ENGINE=InnoDB`,
];

export const catalogueAndPurchases: Migration = {
  name: '0001-catalogue-and-purchases',
  up: [...statements, ...messaging],
};
