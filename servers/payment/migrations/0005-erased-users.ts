import type { Migration } from '@florin/database';

/** Ids of users who were erased, with or without a wallet: their wallets stay frozen, and no further one is opened. */
const table = `CREATE TABLE erased_users (
  user_id BINARY(16) NOT NULL PRIMARY KEY,
  erased_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB`;

/**
 * Users who were erased before this migration. Only an admin's freeze is audited, so a frozen wallet whose newest such entry is no
 * freeze was frozen by an erasure. Of a wallet that an admin had frozen before its user was erased nothing tells: see
 * `npm run rebuild -- erasures`.
 */
const erasedBefore = `INSERT INTO erased_users (user_id, erased_at)
  SELECT w.user_id, MAX(w.updated_at)
    FROM wallets w
    LEFT JOIN (SELECT UNHEX(REPLACE(subject, '-', '')) AS wallet_id, MAX(id) AS entry_id FROM audit_log
                WHERE action IN ('wallet.freeze', 'wallet.unfreeze') GROUP BY subject) AS newest ON newest.wallet_id = w.id
    LEFT JOIN audit_log a ON a.id = newest.entry_id
   WHERE w.status = 'frozen' AND (a.action IS NULL OR a.action <> 'wallet.freeze')
   GROUP BY w.user_id`;

export const erasedUsers: Migration = {
  name: '0005-erased-users',
  up: [table, erasedBefore],
};
