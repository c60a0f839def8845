import type { Migration } from '@florin/database';

/**
 * The declines of a buyer since the newest wallet event: they count only while `declines_version` equals `version`. The index finds
 * the undecided purchases of a buyer.
 */
export const declinesInARow: Migration = {
  name: '0014-declines-in-a-row',
  up: [
    `ALTER TABLE buyer_limits
        ADD COLUMN declines INT UNSIGNED NOT NULL DEFAULT 0,
        ADD COLUMN declines_version BIGINT NULL`,
    'ALTER TABLE purchases ADD KEY purchases_user_status (user_id, status)',
  ],
};
