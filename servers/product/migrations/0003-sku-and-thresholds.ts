import type { Migration } from '@florin/database';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/**
 * What staff keep the catalogue by. The table is rebuilt once, and last, so that a migration that was cut off can run again. The
 * stored columns are for indexes: they change only where stock crosses a mark, so a sale does not write those.
 */
export const skuAndThresholds: Migration = {
  name: '0003-sku-and-thresholds',
  up: [
    // Whoever changes who is whose parent holds this one row, so that two moves cannot make a circle together.
    `CREATE TABLE IF NOT EXISTS category_tree (
        id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
        CONSTRAINT category_tree_is_one CHECK (id = 1)
      ) ENGINE=InnoDB`,
    'INSERT IGNORE INTO category_tree (id) VALUES (1)',
    // A SKU names one product to the systems around; those without one share NULL, which UNIQUE lets repeat.
    `ALTER TABLE products
        ADD COLUMN sku VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN low_stock_threshold BIGINT NULL,
        ADD COLUMN in_stock TINYINT AS (stock > 0) STORED,
        ADD COLUMN is_low_stock TINYINT AS (low_stock_threshold IS NOT NULL AND stock <= low_stock_threshold) STORED,
        ADD UNIQUE KEY products_sku (sku),
        ADD CONSTRAINT products_low_stock_threshold CHECK (low_stock_threshold BETWEEN 0 AND ${MAX_MINOR})`,
  ],
};
