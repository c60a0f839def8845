import type { Migration } from '@florin/database';

/**
 * `spent_from`: the wallet's entries when it began to count its day; NULL counts all. Payments that were dated to that day before,
 * by a clock that was ahead, are not in the count.
 */
export const dailySpending: Migration = {
  name: '0009-daily-spending',
  up: [
    `ALTER TABLE wallets
        ADD COLUMN spent_from BIGINT NULL,
        ADD CONSTRAINT wallets_spent_from CHECK (spent_from >= 0)`,
  ],
};
