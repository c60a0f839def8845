import type { Migration } from '@florin/database';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/**
 * Coupons, the products and categories that they apply to, and their redemptions. `redemptions` of a coupon with `max_redemptions` has
 * the number of redemptions that are not freed; it stays 0 for other coupons, so that they need no lock. A redemption is freed once,
 * when its purchase is declined or cancelled.
 *
 * A category that a coupon names is not deleted: without it, the coupon would apply to nothing. An instance of the release before
 * fails to delete one by the foreign key.
 */
export const coupons: Migration = {
  name: '0023-coupons',
  up: [
    `CREATE TABLE IF NOT EXISTS coupons (
        id BINARY(16) NOT NULL PRIMARY KEY,
        code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        percent TINYINT UNSIGNED NULL,
        amount_minor BIGINT NULL,
        currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
        min_subtotal_minor BIGINT NULL,
        starts_at DATETIME(3) NULL,
        ends_at DATETIME(3) NULL,
        max_redemptions INT UNSIGNED NULL,
        max_per_user INT UNSIGNED NULL,
        redemptions INT UNSIGNED NOT NULL DEFAULT 0,
        is_scoped TINYINT NOT NULL,
        status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
        version INT UNSIGNED NOT NULL DEFAULT 1,
        created_at DATETIME(3) NOT NULL,
        updated_at DATETIME(3) NOT NULL,
        UNIQUE KEY coupons_code (code),
        KEY coupons_status (status, id),
        CONSTRAINT coupons_code_length CHECK (CHAR_LENGTH(code) BETWEEN 3 AND 32),
        CONSTRAINT coupons_kind CHECK (kind IN ('percent', 'amount')),
        CONSTRAINT coupons_percent CHECK ((kind = 'percent') = (percent IS NOT NULL)),
        CONSTRAINT coupons_percent_range CHECK (percent BETWEEN 1 AND 100),
        CONSTRAINT coupons_amount CHECK ((kind = 'amount') = (amount_minor IS NOT NULL)),
        CONSTRAINT coupons_amount_range CHECK (amount_minor BETWEEN 1 AND ${MAX_MINOR}),
        CONSTRAINT coupons_min_subtotal CHECK (min_subtotal_minor BETWEEN 1 AND ${MAX_MINOR}),
        CONSTRAINT coupons_currency CHECK (currency IS NOT NULL OR (amount_minor IS NULL AND min_subtotal_minor IS NULL)),
        CONSTRAINT coupons_times CHECK (starts_at < ends_at),
        CONSTRAINT coupons_max_redemptions CHECK (max_redemptions >= 1),
        CONSTRAINT coupons_max_per_user CHECK (max_per_user >= 1),
        CONSTRAINT coupons_redemptions CHECK (redemptions <= COALESCE(max_redemptions, 0)),
        CONSTRAINT coupons_is_scoped CHECK (is_scoped IN (0, 1)),
        CONSTRAINT coupons_status CHECK (status IN ('active', 'archived'))
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS coupon_products (
        coupon_id BINARY(16) NOT NULL,
        product_id BINARY(16) NOT NULL,
        PRIMARY KEY (coupon_id, product_id),
        KEY coupon_products_product (product_id),
        CONSTRAINT coupon_products_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id),
        CONSTRAINT coupon_products_product FOREIGN KEY (product_id) REFERENCES products (id)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS coupon_categories (
        coupon_id BINARY(16) NOT NULL,
        category_id BINARY(16) NOT NULL,
        PRIMARY KEY (coupon_id, category_id),
        KEY coupon_categories_category (category_id),
        CONSTRAINT coupon_categories_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id),
        CONSTRAINT coupon_categories_category FOREIGN KEY (category_id) REFERENCES categories (id)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS coupon_redemptions (
        purchase_id BINARY(16) NOT NULL PRIMARY KEY,
        coupon_id BINARY(16) NOT NULL,
        user_id BINARY(16) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        freed_at DATETIME(3) NULL,
        KEY coupon_redemptions_use (coupon_id, user_id, freed_at),
        KEY coupon_redemptions_freed (freed_at, purchase_id),
        CONSTRAINT coupon_redemptions_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id),
        CONSTRAINT coupon_redemptions_purchase FOREIGN KEY (purchase_id) REFERENCES purchases (id)
      ) ENGINE=InnoDB`,
  ],
};
