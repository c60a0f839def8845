import type { Migration } from '@florin/database';

/** The values of a rejected row, as JSON: the row can be downloaded with its reason, corrected and imported again. */
export const rejectedRows: Migration = {
  name: '0018-rejected-rows',
  up: ['ALTER TABLE import_rows ADD COLUMN given MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL'],
};
