import type { Migration } from '@florin/database';

/**
 * What payment tells of each wallet's daily limit, and of which version of the wallet that is. A release before writes a newer
 * `version` and leaves these columns alone: they hold only while `spending_version` equals `version`.
 */
export const dailyLimits: Migration = {
  name: '0007-daily-limits',
  up: [
    `ALTER TABLE buyer_limits
        ADD COLUMN daily_limit_minor BIGINT NULL,
        ADD COLUMN spent_minor BIGINT NULL,
        ADD COLUMN spent_on DATE NULL,
        ADD COLUMN spending_version BIGINT NULL`,
  ],
};
