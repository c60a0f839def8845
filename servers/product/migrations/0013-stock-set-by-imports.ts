import { type Migration, runStatements } from '@florin/runtime';

/** What the stock was, and what an import set it to, for each row that did. */
export const stockSetByImports: Migration = {
  name: '0013-stock-set-by-imports',
  up: (db) =>
    runStatements(db, [
      `ALTER TABLE import_rows
        ADD COLUMN stock_before BIGINT NULL,
        ADD COLUMN stock_after BIGINT NULL`,
    ]),
};
