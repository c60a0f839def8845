import type { Migration } from '@florin/database';

/** 2^53 − 1: the largest integer that JSON and JavaScript carry exactly. */
const MAX_MINOR = 9007199254740991;

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** The answers to requests for partial refunds: each is decided once. `id`: given by product; `reason`: of a rejection. */
const refunds = `CREATE TABLE refunds (
  id BINARY(16) NOT NULL PRIMARY KEY,
  purchase_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL,
  reason VARCHAR(64) ${ascii} NULL,
  transfer_id BINARY(16) NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY refunds_transfer (transfer_id),
  KEY refunds_purchase (purchase_id, id),
  KEY refunds_user (user_id, id),
  CONSTRAINT refunds_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT refunds_amount CHECK (amount_minor BETWEEN 1 AND ${MAX_MINOR}),
  CONSTRAINT refunds_status CHECK (status IN ('posted', 'rejected')),
  CONSTRAINT refunds_posted CHECK ((status = 'posted') = (transfer_id IS NOT NULL)),
  CONSTRAINT refunds_rejected CHECK ((status = 'rejected') = (reason IS NOT NULL))
) ENGINE=InnoDB`;

const triggers = ['UPDATE', 'DELETE'].map(
  (change) => `CREATE TRIGGER refunds_no_${change.toLowerCase()} BEFORE ${change} ON refunds
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refunds are append-only'`,
);

/** The sum of the posted partial refunds, so that the schema bounds it by the charge. A cancel refunds the rest. */
const payments = `ALTER TABLE payments
  ADD COLUMN partly_refunded_minor BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT payments_partly_refunded CHECK (
    partly_refunded_minor BETWEEN 0 AND amount_minor AND (partly_refunded_minor = 0 OR status IN ('charged', 'refunded')))`;

/** A partial refund names its source and no purchase, so that "one charge, one full refund" stays UNIQUE. */
const transfers = [
  `ALTER TABLE transfers
    DROP CONSTRAINT transfers_type,
    DROP CONSTRAINT transfers_of_a_source`,
  `ALTER TABLE transfers
    ADD CONSTRAINT transfers_type CHECK (type IN ('opening-credit', 'purchase', 'refund', 'top-up', 'adjustment', 'capture', 'partial-refund')),
    ADD CONSTRAINT transfers_of_a_source CHECK ((type IN ('top-up', 'adjustment', 'capture', 'partial-refund')) = (source_id IS NOT NULL)),
    ADD CONSTRAINT transfers_partial_refund CHECK (type <> 'partial-refund' OR purchase_id IS NULL)`,
];

export const partialRefunds: Migration = {
  name: '0013-partial-refunds',
  reviewed: {
    transfers_of_a_source: 'accepts all that the rule before accepted: one more type has a source',
    transfers_partial_refund: 'concerns a type that older instances do not write',
  },
  up: [refunds, ...triggers, payments, ...transfers],
};
