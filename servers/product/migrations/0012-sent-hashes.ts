import type { Migration } from '@florin/database';

/** Beside `request_hash`: a hash of what was sent. NULL in rows that the release before this one stored, and goes on storing beside it. */
export const sentHashes: Migration = {
  name: '0012-sent-hashes',
  up: ['purchases', 'stock_movement_keys'].map((table) => `ALTER TABLE ${table} ADD COLUMN sent_hash BINARY(32) NULL`),
};
