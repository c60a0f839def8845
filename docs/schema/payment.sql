-- The schema of payment's database after all migrations. Written by npm run docs; do not edit.

CREATE TABLE accounts (
  name varchar(32) COLLATE ascii_bin NOT NULL,
  opened_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (name),
  CONSTRAINT accounts_name CHECK (name regexp '^[a-z0-9][a-z0-9._:-]{0,31}$')
);

CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'accounts are append-only';

CREATE TRIGGER accounts_no_update BEFORE UPDATE ON accounts FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'accounts are append-only';

CREATE TABLE adjustment_reviews (
  id binary(16) NOT NULL,
  wallet_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'pending',
  requested_by binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  sent_hash binary(32) NULL,
  created_at datetime(3) NOT NULL,
  decided_by binary(16) NULL,
  decided_at datetime(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY adjustment_reviews_idempotency (requested_by, idempotency_key),
  KEY adjustment_reviews_status (status, id),
  KEY adjustment_reviews_wallet (wallet_id, id),
  CONSTRAINT adjustment_reviews_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT adjustment_reviews_amount CHECK (amount_minor <> 0 and amount_minor between -9007199254740991 and 9007199254740991),
  CONSTRAINT adjustment_reviews_decided CHECK (status = 'pending' = decided_by is null and status = 'pending' = decided_at is null),
  CONSTRAINT adjustment_reviews_others CHECK (requested_by <> user_id and decided_by is null or decided_by <> requested_by and decided_by <> user_id),
  CONSTRAINT adjustment_reviews_status CHECK (status in ('pending', 'approved', 'rejected'))
);

CREATE TRIGGER adjustment_reviews_no_delete BEFORE DELETE ON adjustment_reviews FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'reviews are kept';

CREATE TRIGGER adjustment_reviews_no_update BEFORE UPDATE ON adjustment_reviews FOR EACH ROW
  IF OLD.status <> 'pending' OR NOT (NEW.id <=> OLD.id AND NEW.wallet_id <=> OLD.wallet_id AND NEW.user_id <=> OLD.user_id AND NEW.amount_minor <=> OLD.amount_minor AND NEW.currency <=> OLD.currency AND NEW.requested_by <=> OLD.requested_by AND NEW.idempotency_key <=> OLD.idempotency_key AND NEW.request_hash <=> OLD.request_hash AND NEW.sent_hash <=> OLD.sent_hash AND NEW.created_at <=> OLD.created_at) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a review is decided once'; END IF;

CREATE TABLE adjustments (
  id binary(16) NOT NULL,
  wallet_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  reason varchar(500) COLLATE utf8mb4_bin NOT NULL,
  transfer_id binary(16) NOT NULL,
  balance_after_minor bigint NOT NULL,
  adjusted_by binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  created_at datetime(3) NOT NULL,
  sent_hash binary(32) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY adjustments_idempotency (adjusted_by, idempotency_key),
  UNIQUE KEY adjustments_transfer (transfer_id),
  KEY adjustments_wallet (wallet_id),
  CONSTRAINT adjustments_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT adjustments_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT adjustments_amount CHECK (amount_minor <> 0 and amount_minor between -9007199254740991 and 9007199254740991)
);

CREATE TRIGGER adjustments_no_delete BEFORE DELETE ON adjustments FOR EACH ROW
  IF TRUE THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'adjustments are append-only'; END IF;

CREATE TRIGGER adjustments_no_update BEFORE UPDATE ON adjustments FOR EACH ROW
  IF TRUE THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'adjustments are append-only'; END IF;

CREATE TRIGGER adjustments_text BEFORE INSERT ON adjustments FOR EACH ROW
  IF NEW.reason <> '' THEN IF NOT EXISTS (SELECT 1 FROM erased_users WHERE user_id = NEW.user_id) THEN INSERT INTO personal_texts (id, user_id, text) VALUES (NEW.id, NEW.user_id, NEW.reason); END IF; SET NEW.reason = ''; END IF;

CREATE TABLE audit_log (
  id binary(16) NOT NULL,
  actor_id binary(16) NULL,
  action varchar(64) COLLATE ascii_bin NOT NULL,
  subject varchar(100) COLLATE ascii_bin NOT NULL,
  state_before mediumtext COLLATE utf8mb4_bin NULL,
  state_after mediumtext COLLATE utf8mb4_bin NULL,
  request_id varchar(128) COLLATE ascii_bin NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY audit_log_action (action, id),
  KEY audit_log_actor (actor_id, id),
  KEY audit_log_subject (subject, id)
);

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';

CREATE TRIGGER audit_log_text BEFORE INSERT ON audit_log FOR EACH ROW
  IF NEW.action = 'wallet.adjust' AND NEW.state_after LIKE '%"reason"%' THEN SET NEW.state_after = CAST(JSON_REMOVE(NEW.state_after, '$.reason') AS CHAR); END IF;

CREATE TABLE consumer_offsets (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (consumer, topic, partition_id)
);

CREATE TABLE dead_letters (
  arrival bigint unsigned NOT NULL AUTO_INCREMENT,
  id binary(16) NOT NULL,
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  status varchar(8) COLLATE ascii_bin NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  message_offset bigint NOT NULL,
  message_key varbinary(255) NULL,
  value mediumblob NULL,
  cause varchar(200) COLLATE utf8mb4_bin NULL,
  reason varchar(1000) COLLATE utf8mb4_bin NULL,
  attempts int unsigned NOT NULL DEFAULT 1,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (arrival),
  KEY dead_letters_cause (consumer, cause, created_at),
  UNIQUE KEY dead_letters_id (id),
  KEY dead_letters_key (consumer, message_key, arrival),
  UNIQUE KEY dead_letters_message (consumer, topic, partition_id, message_offset),
  CONSTRAINT dead_letters_reason CHECK (status = 'dead' = reason is not null),
  CONSTRAINT dead_letters_status CHECK (status in ('dead', 'parked'))
);

CREATE TABLE erased_users (
  user_id binary(16) NOT NULL,
  erased_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (user_id)
);

CREATE TRIGGER erased_users_texts AFTER INSERT ON erased_users FOR EACH ROW
  DELETE FROM personal_texts WHERE user_id = NEW.user_id;

CREATE TABLE holds (
  id binary(16) NOT NULL,
  wallet_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  amount_minor bigint NOT NULL,
  captured_minor bigint NOT NULL DEFAULT 0,
  currency char(3) COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'held',
  expires_at datetime(3) NOT NULL,
  ended_at datetime(3) NULL,
  capture_transfer_id binary(16) NULL,
  placed_by binary(16) NOT NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  created_at datetime(3) NOT NULL,
  sent_hash binary(32) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY holds_capture (capture_transfer_id),
  KEY holds_due (status, expires_at),
  UNIQUE KEY holds_idempotency (placed_by, idempotency_key),
  KEY holds_status_time (status, created_at, id),
  KEY holds_time (created_at, id),
  KEY holds_user_time (user_id, created_at, id),
  KEY holds_wallet (wallet_id, status),
  KEY holds_wallet_time (wallet_id, created_at, id),
  CONSTRAINT holds_capture_exists FOREIGN KEY (capture_transfer_id) REFERENCES transfers (id),
  CONSTRAINT holds_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT holds_amount CHECK (amount_minor between 1 and 9007199254740991),
  CONSTRAINT holds_captured CHECK (status = 'captured' = captured_minor > 0 and status = 'captured' = capture_transfer_id is not null),
  CONSTRAINT holds_captured_amount CHECK (captured_minor between 0 and amount_minor),
  CONSTRAINT holds_ended CHECK (status = 'held' = ended_at is null),
  CONSTRAINT holds_status CHECK (status in ('held', 'captured', 'released', 'expired'))
);

CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds FOR EACH ROW
  IF TRUE THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'holds are kept'; END IF;

CREATE TRIGGER holds_no_update BEFORE UPDATE ON holds FOR EACH ROW
  IF OLD.status <> 'held' OR NOT (NEW.id = OLD.id AND NEW.wallet_id = OLD.wallet_id AND NEW.amount_minor = OLD.amount_minor) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a hold ends once'; END IF;

CREATE TABLE inbox (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  event_id binary(16) NOT NULL,
  received_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, event_id),
  KEY inbox_received_at (received_at)
);

CREATE TABLE ledger_entries (
  transfer_id binary(16) NOT NULL,
  line tinyint unsigned NOT NULL,
  account varchar(32) COLLATE ascii_bin NOT NULL,
  wallet_id binary(16) NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  sequence bigint NULL,
  balance_after_minor bigint NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  type varchar(32) COLLATE ascii_bin NULL,
  PRIMARY KEY (transfer_id, line),
  UNIQUE KEY ledger_entries_wallet_sequence (wallet_id, sequence),
  KEY ledger_entries_wallet_type (wallet_id, type, sequence),
  CONSTRAINT ledger_entries_transfer FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT ledger_entries_wallet FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT ledger_entries_amount CHECK (amount_minor <> 0 and amount_minor between -9007199254740991 and 9007199254740991),
  CONSTRAINT ledger_entries_of_a_wallet CHECK (account = 'wallet' and wallet_id is not null and sequence >= 1 and balance_after_minor is not null or account <> 'wallet' and wallet_id is null and sequence is null and balance_after_minor is null)
);

CREATE TRIGGER ledger_entries_booking BEFORE INSERT ON ledger_entries FOR EACH ROW
  BEGIN IF NEW.type IS NULL THEN SET NEW.type = (SELECT t.type FROM transfers t WHERE t.id = NEW.transfer_id); END IF; IF NEW.sequence > 1 THEN SET NEW.created_at = GREATEST(NEW.created_at, COALESCE( (SELECT e.created_at FROM ledger_entries e WHERE e.wallet_id = NEW.wallet_id AND e.sequence = NEW.sequence - 1), NEW.created_at)); END IF; END;

CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entries is append-only';

CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entries is append-only';

CREATE TABLE ledger_periods (
  number bigint NOT NULL,
  opened_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  closed_at datetime(3) NULL,
  summed_at datetime(3) NULL,
  PRIMARY KEY (number),
  CONSTRAINT ledger_periods_number CHECK (number >= 0),
  CONSTRAINT ledger_periods_summed CHECK (summed_at is null or closed_at is not null)
);

CREATE TABLE ledger_snapshots (
  period_number bigint NOT NULL,
  account varchar(32) COLLATE ascii_bin NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  debit_minor decimal(38,0) NOT NULL,
  credit_minor decimal(38,0) NOT NULL,
  entries bigint NOT NULL,
  PRIMARY KEY (period_number, account, currency),
  CONSTRAINT ledger_snapshots_period FOREIGN KEY (period_number) REFERENCES ledger_periods (number),
  CONSTRAINT ledger_snapshots_sums CHECK (debit_minor >= 0 and credit_minor >= 0 and entries >= 0)
);

CREATE TABLE outbox (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  event_id binary(16) NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  message_key varbinary(64) NOT NULL,
  type varchar(64) COLLATE ascii_bin NOT NULL,
  payload mediumtext COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id)
);

CREATE TABLE parked_outbox (
  id bigint unsigned NOT NULL,
  event_id binary(16) NOT NULL,
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  message_key varbinary(64) NOT NULL,
  type varchar(64) COLLATE ascii_bin NOT NULL,
  payload mediumtext COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL,
  parked_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  reason varchar(1000) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (id),
  KEY parked_outbox_event (event_id),
  KEY parked_outbox_key (topic, message_key, id)
);

CREATE TABLE payments (
  id binary(16) NOT NULL,
  purchase_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  wallet_id binary(16) NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  decline_reason varchar(64) COLLATE ascii_bin NULL,
  charge_transfer_id binary(16) NULL,
  refund_transfer_id binary(16) NULL,
  version bigint NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  decided_sequence bigint NULL,
  decided_balance_minor bigint NULL,
  decided_held_minor bigint NULL,
  decided_credit_limit_minor bigint NULL,
  decided_spend_limit_minor bigint NULL,
  decided_daily_limit_minor bigint NULL,
  decided_spent_minor bigint NULL,
  decided_on date NULL,
  partly_refunded_minor bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY payments_charge (charge_transfer_id),
  UNIQUE KEY payments_purchase (purchase_id),
  UNIQUE KEY payments_refund (refund_transfer_id),
  KEY payments_status_time (status, created_at, id),
  KEY payments_time (created_at, id),
  KEY payments_user (user_id, id),
  KEY payments_wallet (wallet_id),
  CONSTRAINT payments_charge_exists FOREIGN KEY (charge_transfer_id) REFERENCES transfers (id),
  CONSTRAINT payments_refund_exists FOREIGN KEY (refund_transfer_id) REFERENCES transfers (id),
  CONSTRAINT payments_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT payments_amount CHECK (amount_minor between 0 and 9007199254740991),
  CONSTRAINT payments_charged CHECK (status in ('charged', 'refunded') = charge_transfer_id is not null),
  CONSTRAINT payments_covered CHECK (status not in ('charged', 'refunded') or decided_sequence is null or amount_minor <= decided_balance_minor + decided_credit_limit_minor - decided_held_minor and amount_minor <= decided_spend_limit_minor and decided_spent_minor + amount_minor <= coalesce(decided_daily_limit_minor, 9007199254740991)),
  CONSTRAINT payments_declined CHECK (status = 'declined' = decline_reason is not null),
  CONSTRAINT payments_facts CHECK (decided_sequence is null and decided_balance_minor is null and decided_held_minor is null and decided_credit_limit_minor is null and decided_spend_limit_minor is null and decided_daily_limit_minor is null and decided_spent_minor is null and decided_on is null or wallet_id is not null and decided_sequence is not null and decided_balance_minor is not null and decided_held_minor is not null and decided_credit_limit_minor is not null and decided_spend_limit_minor is not null and decided_spent_minor is not null and decided_on is not null),
  CONSTRAINT payments_partly_refunded CHECK (partly_refunded_minor between 0 and amount_minor and partly_refunded_minor = 0 or status in ('charged', 'refunded')),
  CONSTRAINT payments_refunded CHECK (status = 'refunded' = refund_transfer_id is not null),
  CONSTRAINT payments_status CHECK (status in ('charged', 'declined', 'voided', 'refunded')),
  CONSTRAINT payments_version CHECK (version >= 1),
  CONSTRAINT payments_voided CHECK (status <> 'voided' or amount_minor = 0),
  CONSTRAINT payments_wallet_of_a_charge CHECK (status not in ('charged', 'refunded') or wallet_id is not null)
);

CREATE TABLE personal_texts (
  id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  text varchar(500) COLLATE utf8mb4_bin NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY personal_texts_user (user_id)
);

CREATE TABLE quarantined (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  message_key varbinary(255) NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, message_key)
);

CREATE TABLE refunds (
  id binary(16) NOT NULL,
  purchase_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL,
  reason varchar(64) COLLATE ascii_bin NULL,
  transfer_id binary(16) NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY refunds_purchase (purchase_id, id),
  UNIQUE KEY refunds_transfer (transfer_id),
  KEY refunds_user (user_id, id),
  CONSTRAINT refunds_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT refunds_amount CHECK (amount_minor between 1 and 9007199254740991),
  CONSTRAINT refunds_posted CHECK (status = 'posted' = transfer_id is not null),
  CONSTRAINT refunds_rejected CHECK (status = 'rejected' = reason is not null),
  CONSTRAINT refunds_status CHECK (status in ('posted', 'rejected'))
);

CREATE TRIGGER refunds_no_delete BEFORE DELETE ON refunds FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refunds are append-only';

CREATE TRIGGER refunds_no_update BEFORE UPDATE ON refunds FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refunds are append-only';

CREATE TABLE signature_starts (
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  signed_from bigint NOT NULL,
  PRIMARY KEY (topic, partition_id)
);

CREATE TABLE switches (
  name varchar(100) COLLATE ascii_bin NOT NULL,
  is_on tinyint NOT NULL,
  reason varchar(200) COLLATE utf8mb4_bin NOT NULL,
  since datetime(3) NOT NULL,
  until_at datetime(3) NULL,
  actor_id binary(16) NULL,
  actor_name varchar(100) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (name)
);

CREATE TABLE top_ups (
  id binary(16) NOT NULL,
  wallet_id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'pending',
  provider varchar(32) COLLATE ascii_bin NOT NULL,
  provider_reference varchar(255) COLLATE ascii_bin NULL,
  failure_reason varchar(255) COLLATE utf8mb4_bin NULL,
  transfer_id binary(16) NULL,
  attempts int NOT NULL DEFAULT 0,
  next_attempt_at datetime(3) NULL,
  idempotency_key varbinary(255) NOT NULL,
  request_hash binary(32) NOT NULL,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  sent_hash binary(32) NULL,
  PRIMARY KEY (id),
  KEY top_ups_due (status, next_attempt_at),
  UNIQUE KEY top_ups_idempotency (user_id, idempotency_key),
  UNIQUE KEY top_ups_transfer (transfer_id),
  KEY top_ups_wallet (wallet_id),
  KEY top_ups_wallet_time (wallet_id, created_at, id),
  CONSTRAINT top_ups_transfer_exists FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT top_ups_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT top_ups_amount CHECK (amount_minor between 1 and 9007199254740991),
  CONSTRAINT top_ups_due_again CHECK (status = 'pending' = next_attempt_at is not null),
  CONSTRAINT top_ups_failed CHECK (status = 'failed' = failure_reason is not null),
  CONSTRAINT top_ups_settled CHECK (status = 'settled' = transfer_id is not null),
  CONSTRAINT top_ups_status CHECK (status in ('pending', 'settled', 'failed'))
);

CREATE TRIGGER top_ups_no_delete BEFORE DELETE ON top_ups FOR EACH ROW
  IF TRUE THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'top-ups are kept'; END IF;

CREATE TRIGGER top_ups_no_update BEFORE UPDATE ON top_ups FOR EACH ROW
  IF OLD.status = 'settled' OR NOT (NEW.id = OLD.id AND NEW.wallet_id = OLD.wallet_id AND NEW.amount_minor = OLD.amount_minor) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a settled top-up stays settled'; END IF;

CREATE TABLE transfers (
  id binary(16) NOT NULL,
  type varchar(32) COLLATE ascii_bin NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  purchase_id binary(16) NULL,
  reverses_transfer_id binary(16) NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  source_id binary(16) NULL,
  period_number bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY transfers_once_per_purchase (purchase_id, type),
  UNIQUE KEY transfers_once_per_source (source_id),
  KEY transfers_period (period_number),
  UNIQUE KEY transfers_reversed_once (reverses_transfer_id),
  CONSTRAINT transfers_reverses FOREIGN KEY (reverses_transfer_id) REFERENCES transfers (id),
  CONSTRAINT transfers_amount CHECK (amount_minor between 0 and 9007199254740991),
  CONSTRAINT transfers_of_a_purchase CHECK (type not in ('purchase', 'refund') or purchase_id is not null),
  CONSTRAINT transfers_of_a_source CHECK (type in ('top-up', 'adjustment', 'capture', 'partial-refund') = source_id is not null),
  CONSTRAINT transfers_partial_refund CHECK (type <> 'partial-refund' or purchase_id is null),
  CONSTRAINT transfers_refund_reverses CHECK (type = 'refund' = reverses_transfer_id is not null),
  CONSTRAINT transfers_type CHECK (type in ('opening-credit', 'purchase', 'refund', 'top-up', 'adjustment', 'capture', 'partial-refund'))
);

CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'transfers is append-only';

CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'transfers is append-only';

CREATE TRIGGER transfers_period BEFORE INSERT ON transfers FOR EACH ROW
  BEGIN DECLARE newest BIGINT; DECLARE closed DATETIME(3); DECLARE looks INT DEFAULT 0; REPEAT SELECT number, closed_at INTO newest, closed FROM ledger_periods ORDER BY number DESC LIMIT 1 LOCK IN SHARE MODE; SET looks = looks + 1; UNTIL closed IS NULL OR looks = 100 END REPEAT; IF closed IS NOT NULL THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the newest ledger period is closed'; END IF; SET NEW.period_number = newest; END;

CREATE TABLE wallets (
  id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  currency char(3) COLLATE ascii_bin NOT NULL,
  balance_minor bigint NOT NULL,
  held_minor bigint NOT NULL DEFAULT 0,
  credit_limit_minor bigint NOT NULL DEFAULT 0,
  spend_limit_minor bigint NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version bigint NOT NULL,
  entry_sequence bigint NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  daily_limit_minor bigint NULL,
  spent_on date NULL,
  spent_minor bigint NOT NULL DEFAULT 0,
  spent_from bigint NULL,
  PRIMARY KEY (id),
  KEY wallets_currency (currency, id),
  KEY wallets_status (status, id),
  UNIQUE KEY wallets_user_currency (user_id, currency),
  CONSTRAINT wallets_available CHECK (balance_minor + credit_limit_minor - held_minor between 0 and 9007199254740991),
  CONSTRAINT wallets_balance CHECK (balance_minor between -9007199254740991 and 9007199254740991),
  CONSTRAINT wallets_counters CHECK (version >= 1 and entry_sequence >= 0),
  CONSTRAINT wallets_credit_limit CHECK (credit_limit_minor between 0 and 9007199254740991),
  CONSTRAINT wallets_daily_limit CHECK (daily_limit_minor between 0 and 9007199254740991),
  CONSTRAINT wallets_held CHECK (held_minor between 0 and 9007199254740991),
  CONSTRAINT wallets_spend_limit CHECK (spend_limit_minor between 0 and 9007199254740991),
  CONSTRAINT wallets_spent CHECK (spent_minor between 0 and 9007199254740991 and spent_on is not null or spent_minor = 0),
  CONSTRAINT wallets_spent_from CHECK (spent_from >= 0),
  CONSTRAINT wallets_status CHECK (status in ('active', 'frozen'))
);
