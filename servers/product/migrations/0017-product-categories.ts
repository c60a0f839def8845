import type { Migration } from '@florin/database';

/**
 * Further categories of a product, beside the main one in `category_id`. `further_category_ids` has them in their order, as JSON;
 * `product_categories` finds the products of a category. The release before neither reads nor changes them. Its deletion of a
 * category that is a further one fails by the foreign key.
 *
 * A server with a full-text index copies the table of products once; writes of products wait meanwhile. It comes last, so that a
 * migration that was cut off can run again.
 */
export const productCategories: Migration = {
  name: '0017-product-categories',
  up: [
    `CREATE TABLE IF NOT EXISTS product_categories (
        category_id BINARY(16) NOT NULL,
        product_id BINARY(16) NOT NULL,
        PRIMARY KEY (category_id, product_id),
        KEY product_categories_product (product_id),
        CONSTRAINT product_categories_category FOREIGN KEY (category_id) REFERENCES categories (id),
        CONSTRAINT product_categories_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
      ) ENGINE=InnoDB`,
    'ALTER TABLE products ADD COLUMN further_category_ids VARCHAR(800) CHARACTER SET ascii COLLATE ascii_bin NULL',
  ],
};
