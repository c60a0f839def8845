import type { Migration } from '@florin/database';

/**
 * Products with options, and their variants. A product with options (`options` is not NULL) is the parent of its variants, which
 * are products that can be bought. The table of products is copied once, and last, so that a migration that was cut off can run
 * again.
 */
export const variants: Migration = {
  name: '0020-variants',
  up: [
    `ALTER TABLE purchase_items
        ADD COLUMN option_values VARCHAR(640) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL`,
    `ALTER TABLE products
        ADD COLUMN parent_id BINARY(16) NULL,
        ADD COLUMN options VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN option_values VARCHAR(640) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        ADD COLUMN archived_with_parent TINYINT NOT NULL DEFAULT 0,
        ADD UNIQUE KEY products_combination (parent_id, option_values),
        ADD KEY products_family (parent_id, status, price_minor, id),
        ADD CONSTRAINT products_parent FOREIGN KEY (parent_id) REFERENCES products (id),
        ADD CONSTRAINT products_variant CHECK ((parent_id IS NULL) = (option_values IS NULL)),
        ADD CONSTRAINT products_parent_stock CHECK (options IS NULL OR (stock = 0 AND parent_id IS NULL))`,
  ],
};
