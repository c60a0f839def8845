import type { Migration } from '@florin/database';

/**
 * Further fields of products. The release before leaves them out of its inserts and its edits, so each has a default, and a check
 * concerns one new column only: an edit of the price by that release may leave `compare_at_price_minor` below it, and a change of
 * `image_url` may leave `images` behind.
 *
 * `is_draft` counts only while the status is `archived`, which keeps the release before from selling a draft.
 *
 * `product_labels` finds the products with a tag or an attribute. A tag has the empty name.
 *
 * A server with a full-text index copies the table of products once; writes of products wait meanwhile. It comes last, so that a
 * migration that was cut off can run again.
 */
export const productFields: Migration = {
  name: '0019-product-fields',
  up: [
    `CREATE TABLE IF NOT EXISTS product_labels (
        name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        value VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        product_id BINARY(16) NOT NULL,
        PRIMARY KEY (name, value, product_id),
        KEY product_labels_product (product_id),
        CONSTRAINT product_labels_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
      ) ENGINE=InnoDB`,
    `ALTER TABLE products
        ADD COLUMN slug VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN brand VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN barcode VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN compare_at_price_minor BIGINT NULL,
        ADD COLUMN tax_rate_percent DECIMAL(5,2) NULL,
        ADD COLUMN weight_grams INT UNSIGNED NULL,
        ADD COLUMN tags TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN attributes TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN images TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN is_draft TINYINT NOT NULL DEFAULT 0,
        ADD UNIQUE KEY products_slug (slug),
        ADD KEY products_barcode (barcode),
        ADD KEY products_brand (status, brand, id),
        ADD KEY products_draft (status, is_draft, id),
        ADD CONSTRAINT products_barcode CHECK (CHAR_LENGTH(barcode) IN (8, 12, 13, 14)),
        ADD CONSTRAINT products_compare_at_price CHECK (compare_at_price_minor BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER}),
        ADD CONSTRAINT products_tax_rate CHECK (tax_rate_percent BETWEEN 0 AND 100),
        ADD CONSTRAINT products_weight CHECK (weight_grams <= 1000000000),
        ADD CONSTRAINT products_is_draft CHECK (is_draft IN (0, 1))`,
  ],
};
