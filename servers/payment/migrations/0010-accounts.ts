import type { Migration } from '@florin/database';

/**
 * The accounts of the ledger. An account has no balance here, its row is never updated, and no foreign key leads to it: a purchase
 * would lock the row of `sales`. Posting checks the accounts that it knows, and the audit checks every entry.
 */
const accounts = `CREATE TABLE accounts (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  opened_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  CONSTRAINT accounts_name CHECK (name REGEXP '^[a-z0-9][a-z0-9._:-]{0,31}$')
) ENGINE=InnoDB`;

const first = `INSERT INTO accounts (name) VALUES ('wallet'), ('opening-credit'), ('top-ups'), ('sales'), ('adjustments')`;

const triggers = ['UPDATE', 'DELETE'].map(
  (change) => `CREATE TRIGGER accounts_no_${change.toLowerCase()} BEFORE ${change} ON accounts
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'accounts are append-only'`,
);

export const accountRows: Migration = {
  name: '0010-accounts',
  up: [accounts, first, ...triggers, 'ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_account'],
};
