import type { Migration } from '@florin/database';

/**
 * The indexes of search and lists (docs/adr/0008): one for each order of a category, one for what is rare in the catalogue, and
 * the full text. One statement, so that a migration that was cut off has done all of it or nothing.
 */
export const searchAndLists: Migration = {
  name: '0005-search-and-lists',
  up: [
    `ALTER TABLE products
        ADD KEY products_category_price (category_id, status, price_minor, id),
        ADD KEY products_category_name (category_id, status, name, id),
        ADD KEY products_in_stock (status, in_stock, id),
        ADD KEY products_low_stock (status, is_low_stock, id),
        ADD FULLTEXT KEY products_text (name, description)`,
  ],
};
