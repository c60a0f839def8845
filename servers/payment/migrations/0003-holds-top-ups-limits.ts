import type { Migration } from '@florin/database';

/** 2^53 − 1: the most that JSON and JavaScript carry exactly. */
const MAX_MINOR = 9007199254740991;

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

/** What a wallet spent on the day (UTC) of its last purchase: kept with the balance, so that no decision adds entries up. */
const wallets = `ALTER TABLE wallets
  ADD COLUMN daily_limit_minor BIGINT NULL,
  ADD COLUMN spent_on DATE NULL,
  ADD COLUMN spent_minor BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT wallets_daily_limit CHECK (daily_limit_minor BETWEEN 0 AND ${MAX_MINOR}),
  ADD CONSTRAINT wallets_spent CHECK (spent_minor BETWEEN 0 AND ${MAX_MINOR} AND (spent_on IS NOT NULL OR spent_minor = 0))`;

/** `source_id`: the hold, top-up or adjustment that the transfer carries out; each is carried out once. */
const transfers = `ALTER TABLE transfers
  ADD COLUMN source_id BINARY(16) NULL,
  ADD UNIQUE KEY transfers_once_per_source (source_id),
  ADD CONSTRAINT transfers_of_a_source CHECK ((type IN ('top-up', 'adjustment', 'capture')) = (source_id IS NOT NULL))`;

/**
 * The facts of each decision, as they were when it was taken: the wallet after its entry `decided_sequence`. NULL where no wallet
 * was looked at: there was none, or a cancel came first. Payments from before this migration have none.
 *
 * A declined payment names the wallet that declined it, so the column is no longer the charged ones' alone.
 */
const payments = `ALTER TABLE payments
  ADD COLUMN decided_sequence BIGINT NULL,
  ADD COLUMN decided_balance_minor BIGINT NULL,
  ADD COLUMN decided_held_minor BIGINT NULL,
  ADD COLUMN decided_credit_limit_minor BIGINT NULL,
  ADD COLUMN decided_spend_limit_minor BIGINT NULL,
  ADD COLUMN decided_daily_limit_minor BIGINT NULL,
  ADD COLUMN decided_spent_minor BIGINT NULL,
  ADD COLUMN decided_on DATE NULL,
  DROP CONSTRAINT payments_charged_wallet,
  ADD CONSTRAINT payments_wallet_of_a_charge CHECK (status NOT IN ('charged', 'refunded') OR wallet_id IS NOT NULL),
  ADD CONSTRAINT payments_facts CHECK (
    (decided_sequence IS NULL AND decided_balance_minor IS NULL AND decided_held_minor IS NULL AND decided_credit_limit_minor IS NULL
     AND decided_spend_limit_minor IS NULL AND decided_daily_limit_minor IS NULL AND decided_spent_minor IS NULL AND decided_on IS NULL)
    OR (wallet_id IS NOT NULL AND decided_sequence IS NOT NULL AND decided_balance_minor IS NOT NULL AND decided_held_minor IS NOT NULL
     AND decided_credit_limit_minor IS NOT NULL AND decided_spend_limit_minor IS NOT NULL AND decided_spent_minor IS NOT NULL
     AND decided_on IS NOT NULL)),
  ADD CONSTRAINT payments_covered CHECK (status NOT IN ('charged', 'refunded') OR decided_sequence IS NULL OR (
    amount_minor <= decided_balance_minor + decided_credit_limit_minor - decided_held_minor
    AND amount_minor <= decided_spend_limit_minor
    AND decided_spent_minor + amount_minor <= COALESCE(decided_daily_limit_minor, ${MAX_MINOR})))`;

const holds = `CREATE TABLE holds (
  id BINARY(16) NOT NULL PRIMARY KEY,
  wallet_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  amount_minor BIGINT NOT NULL,
  captured_minor BIGINT NOT NULL DEFAULT 0,
  currency CHAR(3) ${ascii} NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL DEFAULT 'held',
  expires_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  capture_transfer_id BINARY(16) NULL,
  placed_by BINARY(16) NOT NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  request_hash BINARY(32) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY holds_idempotency (placed_by, idempotency_key),
  UNIQUE KEY holds_capture (capture_transfer_id),
  KEY holds_wallet (wallet_id, status),
  KEY holds_due (status, expires_at),
  CONSTRAINT holds_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT holds_capture_exists FOREIGN KEY (capture_transfer_id) REFERENCES transfers (id),
  CONSTRAINT holds_amount CHECK (amount_minor BETWEEN 1 AND ${MAX_MINOR}),
  CONSTRAINT holds_captured_amount CHECK (captured_minor BETWEEN 0 AND amount_minor),
  CONSTRAINT holds_status CHECK (status IN ('held', 'captured', 'released', 'expired')),
  CONSTRAINT holds_captured CHECK ((status = 'captured') = (captured_minor > 0) AND (status = 'captured') = (capture_transfer_id IS NOT NULL)),
  CONSTRAINT holds_ended CHECK ((status = 'held') = (ended_at IS NULL))
) ENGINE=InnoDB`;

const topUps = `CREATE TABLE top_ups (
  id BINARY(16) NOT NULL PRIMARY KEY,
  wallet_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  status VARCHAR(16) ${ascii} NOT NULL DEFAULT 'pending',
  provider VARCHAR(32) ${ascii} NOT NULL,
  provider_reference VARCHAR(255) ${ascii} NULL,
  failure_reason VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  transfer_id BINARY(16) NULL,
  attempts INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(3) NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  request_hash BINARY(32) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  UNIQUE KEY top_ups_idempotency (user_id, idempotency_key),
  UNIQUE KEY top_ups_transfer (transfer_id),
  KEY top_ups_wallet (wallet_id),
  KEY top_ups_due (status, next_attempt_at),
  CONSTRAINT top_ups_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT top_ups_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT top_ups_amount CHECK (amount_minor BETWEEN 1 AND ${MAX_MINOR}),
  CONSTRAINT top_ups_status CHECK (status IN ('pending', 'settled', 'failed')),
  CONSTRAINT top_ups_settled CHECK ((status = 'settled') = (transfer_id IS NOT NULL)),
  CONSTRAINT top_ups_failed CHECK ((status = 'failed') = (failure_reason IS NOT NULL)),
  CONSTRAINT top_ups_due_again CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
) ENGINE=InnoDB`;

const adjustments = `CREATE TABLE adjustments (
  id BINARY(16) NOT NULL PRIMARY KEY,
  wallet_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) ${ascii} NOT NULL,
  reason VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  transfer_id BINARY(16) NOT NULL,
  balance_after_minor BIGINT NOT NULL,
  adjusted_by BINARY(16) NOT NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  request_hash BINARY(32) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY adjustments_idempotency (adjusted_by, idempotency_key),
  UNIQUE KEY adjustments_transfer (transfer_id),
  KEY adjustments_wallet (wallet_id),
  CONSTRAINT adjustments_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT adjustments_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT adjustments_amount CHECK (amount_minor <> 0 AND amount_minor BETWEEN -${MAX_MINOR} AND ${MAX_MINOR})
) ENGINE=InnoDB`;

/** A hold ends once, a top-up is credited once, and what was asked for stays as it was asked. */
const triggers = [
  trigger('holds', 'UPDATE', {
    if: `OLD.status <> 'held' OR NOT (NEW.id = OLD.id AND NEW.wallet_id = OLD.wallet_id AND NEW.amount_minor = OLD.amount_minor)`,
    message: 'a hold ends once',
  }),
  trigger('holds', 'DELETE', { message: 'holds are kept' }),
  trigger('top_ups', 'UPDATE', {
    if: `OLD.status = 'settled' OR NOT (NEW.id = OLD.id AND NEW.wallet_id = OLD.wallet_id AND NEW.amount_minor = OLD.amount_minor)`,
    message: 'a settled top-up stays settled',
  }),
  trigger('top_ups', 'DELETE', { message: 'top-ups are kept' }),
  trigger('adjustments', 'UPDATE', { message: 'adjustments are append-only' }),
  trigger('adjustments', 'DELETE', { message: 'adjustments are append-only' }),
];

type Refusal = { if?: string; message: string };

function trigger(table: string, change: 'UPDATE' | 'DELETE', { if: condition = 'TRUE', message }: Refusal): string {
  return `CREATE TRIGGER ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table} FOR EACH ROW
    IF ${condition} THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'; END IF`;
}

export const holdsTopUpsLimits: Migration = {
  name: '0003-holds-top-ups-limits',
  reviewed: { payments_wallet_of_a_charge: 'lets through whatever payments_charged_wallet did, in whose place it stands' },
  up: [wallets, transfers, payments, holds, topUps, adjustments, ...triggers],
};
