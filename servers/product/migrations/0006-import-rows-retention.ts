import type { Migration } from '@florin/database';

/** When the rows of an import were forgotten, and the index along which those are found that are due. */
export const importRowsRetention: Migration = {
  name: '0006-import-rows-retention',
  up: [
    `ALTER TABLE imports
        ADD COLUMN rows_pruned_at DATETIME(3) NULL,
        ADD KEY imports_unpruned (rows_pruned_at, updated_at)`,
  ],
};
