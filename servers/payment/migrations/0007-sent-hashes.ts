import type { Migration } from '@florin/database';

/**
 * Beside `request_hash`, which has the defaults of its time in it: a hash of what was sent. NULL in rows that the release before this
 * one stored, and goes on storing beside it.
 */
export const sentHashes: Migration = {
  name: '0007-sent-hashes',
  up: ['holds', 'top_ups', 'adjustments'].map((table) => `ALTER TABLE ${table} ADD COLUMN sent_hash BINARY(32) NULL`),
};
