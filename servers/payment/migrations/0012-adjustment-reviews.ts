import type { Migration } from '@florin/database';

const MAX_MINOR = 9007199254740991;

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/**
 * Adjustments above the bound, which another admin approves or rejects. The row of an approved one in `adjustments` has the same id
 * and idempotency key, and its transfer has that id as its source: the money moves once.
 */
const table = `CREATE TABLE adjustment_reviews (
  id BINARY(16) NOT NULL PRIMARY KEY,
  wallet_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL DEFAULT 'pending',
  requested_by BINARY(16) NOT NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  request_hash BINARY(32) NOT NULL,
  sent_hash BINARY(32) NULL,
  created_at DATETIME(3) NOT NULL,
  decided_by BINARY(16) NULL,
  decided_at DATETIME(3) NULL,
  UNIQUE KEY adjustment_reviews_idempotency (requested_by, idempotency_key),
  KEY adjustment_reviews_status (status, id),
  KEY adjustment_reviews_wallet (wallet_id, id),
  CONSTRAINT adjustment_reviews_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT adjustment_reviews_amount CHECK (amount_minor <> 0 AND amount_minor BETWEEN -${MAX_MINOR} AND ${MAX_MINOR}),
  CONSTRAINT adjustment_reviews_status CHECK (status IN ('pending', 'approved', 'rejected')),
  CONSTRAINT adjustment_reviews_decided CHECK ((status = 'pending') = (decided_by IS NULL) AND (status = 'pending') = (decided_at IS NULL)),
  CONSTRAINT adjustment_reviews_others CHECK (requested_by <> user_id AND (decided_by IS NULL OR decided_by <> requested_by AND decided_by <> user_id))
) ENGINE=InnoDB`;

const kept = 'id wallet_id user_id amount_minor currency requested_by idempotency_key request_hash sent_hash created_at'.split(
  ' ',
);

const triggers = [
  `CREATE TRIGGER adjustment_reviews_no_update BEFORE UPDATE ON adjustment_reviews FOR EACH ROW
    IF OLD.status <> 'pending' OR NOT (${kept.map((column) => `NEW.${column} <=> OLD.${column}`).join(' AND ')})
    THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a review is decided once'; END IF`,
  `CREATE TRIGGER adjustment_reviews_no_delete BEFORE DELETE ON adjustment_reviews FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'reviews are kept'`,
];

export const adjustmentReviews: Migration = {
  name: '0012-adjustment-reviews',
  up: [table, ...triggers],
};
