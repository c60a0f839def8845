import type { Migration } from '@florin/database';

/** 2^53 − 1: the largest integer that JSON and JavaScript carry exactly. */
const MAX_MINOR = 9007199254740991;

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';
const text = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

/** `refund_minor`, `restock` and `return_required`: as approved. `text` and `rejection` are erased with the buyer. */
const claims = `CREATE TABLE claims (
  id BINARY(16) NOT NULL PRIMARY KEY,
  purchase_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL DEFAULT 'open',
  reason VARCHAR(20) ${ascii} NOT NULL,
  text VARCHAR(2000) ${text} NULL,
  refund_minor BIGINT NULL,
  restock TINYINT NULL,
  return_required TINYINT NULL,
  rejection VARCHAR(500) ${text} NULL,
  decided_by BINARY(16) NULL,
  decided_at DATETIME(3) NULL,
  received_by BINARY(16) NULL,
  received_at DATETIME(3) NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  request_hash BINARY(32) NOT NULL,
  sent_hash BINARY(32) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  UNIQUE KEY claims_idempotency (user_id, idempotency_key),
  KEY claims_purchase (purchase_id, id),
  KEY claims_status (status, id),
  KEY claims_user (user_id, id),
  CONSTRAINT claims_purchase_exists FOREIGN KEY (purchase_id) REFERENCES purchases (id),
  CONSTRAINT claims_status CHECK (status IN ('open', 'withdrawn', 'rejected', 'awaiting-return', 'approved')),
  CONSTRAINT claims_refund CHECK (refund_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT claims_approved CHECK ((status IN ('awaiting-return', 'approved')) = (refund_minor IS NOT NULL)
    AND (refund_minor IS NULL) = (restock IS NULL) AND (refund_minor IS NULL) = (return_required IS NULL)),
  CONSTRAINT claims_decided CHECK ((status IN ('open', 'withdrawn')) = (decided_by IS NULL)),
  CONSTRAINT claims_received CHECK ((received_by IS NULL) = (received_at IS NULL)
    AND (received_by IS NOT NULL) = (status = 'approved' AND return_required = 1)),
  CONSTRAINT claims_others CHECK ((decided_by IS NULL OR decided_by <> user_id) AND (received_by IS NULL OR received_by <> user_id))
) ENGINE=InnoDB`;

const claimItems = `CREATE TABLE claim_items (
  claim_id BINARY(16) NOT NULL,
  product_id BINARY(16) NOT NULL,
  quantity INT UNSIGNED NOT NULL,
  PRIMARY KEY (claim_id, product_id),
  CONSTRAINT claim_items_claim FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT claim_items_quantity CHECK (quantity >= 1)
) ENGINE=InnoDB`;

/** Deleted when the buyer is erased. */
const claimMessages = `CREATE TABLE claim_messages (
  id BINARY(16) NOT NULL PRIMARY KEY,
  claim_id BINARY(16) NOT NULL,
  author_id BINARY(16) NOT NULL,
  text VARCHAR(2000) ${text} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  KEY claim_messages_claim (claim_id, id),
  CONSTRAINT claim_messages_claim_exists FOREIGN KEY (claim_id) REFERENCES claims (id)
) ENGINE=InnoDB`;

/**
 * Partial refunds. `pending`: payment is asked until it answers. `reason` is erased with the buyer. `rejection`: the code of payment,
 * or `REVIEW`. The refund of a claim has no idempotency key: the claim is UNIQUE.
 */
const refunds = `CREATE TABLE refunds (
  id BINARY(16) NOT NULL PRIMARY KEY,
  purchase_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  claim_id BINARY(16) NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL,
  reason VARCHAR(500) ${text} NULL,
  requested_by BINARY(16) NOT NULL,
  decided_by BINARY(16) NULL,
  asked_at DATETIME(3) NULL,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(3) NULL,
  rejection VARCHAR(64) ${ascii} NULL,
  transfer_id BINARY(16) NULL,
  idempotency_key VARBINARY(255) NULL,
  request_hash BINARY(32) NULL,
  sent_hash BINARY(32) NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  UNIQUE KEY refunds_claim (claim_id),
  UNIQUE KEY refunds_idempotency (requested_by, idempotency_key),
  KEY refunds_purchase (purchase_id, id),
  KEY refunds_status (status, id),
  KEY refunds_due (status, next_attempt_at),
  KEY refunds_user (user_id, id),
  CONSTRAINT refunds_purchase_exists FOREIGN KEY (purchase_id) REFERENCES purchases (id),
  CONSTRAINT refunds_claim_exists FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT refunds_amount CHECK (amount_minor BETWEEN 1 AND ${MAX_MINOR}),
  CONSTRAINT refunds_status CHECK (status IN ('review', 'pending', 'done', 'rejected')),
  CONSTRAINT refunds_next_attempt CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
  CONSTRAINT refunds_done CHECK ((status = 'done') = (transfer_id IS NOT NULL)),
  CONSTRAINT refunds_rejected CHECK ((status = 'rejected') = (rejection IS NOT NULL)),
  CONSTRAINT refunds_keyed CHECK ((claim_id IS NULL) = (idempotency_key IS NOT NULL)),
  CONSTRAINT refunds_others CHECK (requested_by <> user_id AND (decided_by IS NULL OR decided_by <> requested_by AND decided_by <> user_id))
) ENGINE=InnoDB`;

export const claimsAndRefunds: Migration = {
  name: '0025-claims-and-refunds',
  up: [
    claims,
    claimItems,
    claimMessages,
    refunds,
    // `refunded_sequence`: of the event that set `refunded_minor`.
    'ALTER TABLE purchases ADD COLUMN refunded_sequence BIGINT NOT NULL DEFAULT 0, ALGORITHM=INSTANT',
    // A movement that a claim causes names it, once for each product. The movement itself is a correction for the release before.
    `ALTER TABLE stock_movement_details
        ADD COLUMN source_id BINARY(16) NULL,
        ADD COLUMN product_id BINARY(16) NULL,
        DROP CONSTRAINT stock_movement_details_reason`,
    `ALTER TABLE stock_movement_details
        ADD UNIQUE KEY stock_movement_details_once_per_source (source_id, product_id),
        ADD CONSTRAINT stock_movement_details_reason
          CHECK (reason IN ('delivery', 'correction', 'damage', 'loss', 'found', 'transfer', 'count', 'claim-return')),
        ADD CONSTRAINT stock_movement_details_source
          CHECK ((reason = 'claim-return') = (source_id IS NOT NULL) AND (source_id IS NULL) = (product_id IS NULL))`,
  ],
};
