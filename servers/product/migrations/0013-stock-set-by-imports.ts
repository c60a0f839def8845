import type { Migration } from '@florin/database';

/** What the stock was, and what an import set it to, for each row that did. */
export const stockSetByImports: Migration = {
  name: '0013-stock-set-by-imports',
  up: [
    `ALTER TABLE import_rows
        ADD COLUMN stock_before BIGINT NULL,
        ADD COLUMN stock_after BIGINT NULL`,
  ],
};
