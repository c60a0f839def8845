import type { Migration } from '@florin/database';

/** 2^53 − 1: the most that JSON and JavaScript carry exactly. */
const MAX_MINOR = 9007199254740991;

const wallets = `CREATE TABLE wallets (
  id BINARY(16) NOT NULL PRIMARY KEY,
  user_id BINARY(16) NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  balance_minor BIGINT NOT NULL,
  held_minor BIGINT NOT NULL DEFAULT 0,
  credit_limit_minor BIGINT NOT NULL DEFAULT 0,
  spend_limit_minor BIGINT NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version BIGINT NOT NULL,
  entry_sequence BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  UNIQUE KEY wallets_user_currency (user_id, currency),
  CONSTRAINT wallets_available CHECK (balance_minor + credit_limit_minor - held_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT wallets_balance CHECK (balance_minor BETWEEN -${MAX_MINOR} AND ${MAX_MINOR}),
  CONSTRAINT wallets_held CHECK (held_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT wallets_credit_limit CHECK (credit_limit_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT wallets_spend_limit CHECK (spend_limit_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT wallets_counters CHECK (version >= 1 AND entry_sequence >= 0),
  CONSTRAINT wallets_status CHECK (status IN ('active', 'frozen'))
) ENGINE=InnoDB`;

const transfers = `CREATE TABLE transfers (
  id BINARY(16) NOT NULL PRIMARY KEY,
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purchase_id BINARY(16) NULL,
  reverses_transfer_id BINARY(16) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY transfers_once_per_purchase (purchase_id, type),
  UNIQUE KEY transfers_reversed_once (reverses_transfer_id),
  CONSTRAINT transfers_reverses FOREIGN KEY (reverses_transfer_id) REFERENCES transfers (id),
  CONSTRAINT transfers_amount CHECK (amount_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT transfers_type CHECK (type IN ('opening-credit', 'purchase', 'refund', 'top-up', 'adjustment', 'capture')),
  CONSTRAINT transfers_of_a_purchase CHECK (type NOT IN ('purchase', 'refund') OR purchase_id IS NOT NULL),
  CONSTRAINT transfers_refund_reverses CHECK ((type = 'refund') = (reverses_transfer_id IS NOT NULL))
) ENGINE=InnoDB`;

/** The system accounts have no row of their own: every purchase would lock it. Their balance is the sum of their entries. */
const ledgerEntries = `CREATE TABLE ledger_entries (
  transfer_id BINARY(16) NOT NULL,
  line TINYINT UNSIGNED NOT NULL,
  account VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wallet_id BINARY(16) NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence BIGINT NULL,
  balance_after_minor BIGINT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (transfer_id, line),
  UNIQUE KEY ledger_entries_wallet_sequence (wallet_id, sequence),
  CONSTRAINT ledger_entries_transfer FOREIGN KEY (transfer_id) REFERENCES transfers (id),
  CONSTRAINT ledger_entries_wallet FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT ledger_entries_account CHECK (account IN ('wallet', 'opening-credit', 'top-ups', 'sales', 'adjustments')),
  CONSTRAINT ledger_entries_amount CHECK (amount_minor <> 0 AND amount_minor BETWEEN -${MAX_MINOR} AND ${MAX_MINOR}),
  CONSTRAINT ledger_entries_of_a_wallet CHECK (
    (account = 'wallet' AND wallet_id IS NOT NULL AND sequence >= 1 AND balance_after_minor IS NOT NULL)
    OR (account <> 'wallet' AND wallet_id IS NULL AND sequence IS NULL AND balance_after_minor IS NULL))
) ENGINE=InnoDB`;

const payments = `CREATE TABLE payments (
  id BINARY(16) NOT NULL PRIMARY KEY,
  purchase_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL,
  wallet_id BINARY(16) NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decline_reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  charge_transfer_id BINARY(16) NULL,
  refund_transfer_id BINARY(16) NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  UNIQUE KEY payments_purchase (purchase_id),
  UNIQUE KEY payments_charge (charge_transfer_id),
  UNIQUE KEY payments_refund (refund_transfer_id),
  KEY payments_user (user_id, id),
  KEY payments_wallet (wallet_id),
  CONSTRAINT payments_wallet_exists FOREIGN KEY (wallet_id) REFERENCES wallets (id),
  CONSTRAINT payments_charge_exists FOREIGN KEY (charge_transfer_id) REFERENCES transfers (id),
  CONSTRAINT payments_refund_exists FOREIGN KEY (refund_transfer_id) REFERENCES transfers (id),
  CONSTRAINT payments_amount CHECK (amount_minor BETWEEN 0 AND ${MAX_MINOR}),
  CONSTRAINT payments_version CHECK (version >= 1),
  CONSTRAINT payments_status CHECK (status IN ('charged', 'declined', 'voided', 'refunded')),
  CONSTRAINT payments_charged CHECK ((status IN ('charged', 'refunded')) = (charge_transfer_id IS NOT NULL)),
  CONSTRAINT payments_charged_wallet CHECK ((status IN ('charged', 'refunded')) = (wallet_id IS NOT NULL)),
  CONSTRAINT payments_refunded CHECK ((status = 'refunded') = (refund_transfer_id IS NOT NULL)),
  CONSTRAINT payments_declined CHECK ((status = 'declined') = (decline_reason IS NOT NULL)),
  CONSTRAINT payments_voided CHECK (status <> 'voided' OR amount_minor = 0)
) ENGINE=InnoDB`;

/** What is posted stays as it is; a mistake is mended by a new, linked transfer. */
const appendOnly = ['transfers', 'ledger_entries'].flatMap((table) =>
  ['update', 'delete'].map(
    (change) => `CREATE TRIGGER ${table}_no_${change} BEFORE ${change.toUpperCase()} ON ${table}
      FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only'`,
  ),
);

/** Outbox, inbox and dead letters. */
const messaging = [
  `CREATE TABLE outbox (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    event_id BINARY(16) NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(64) NOT NULL,
    type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
  ) ENGINE=InnoDB`,
  `CREATE TABLE inbox (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_id BINARY(16) NOT NULL,
    received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (consumer, event_id),
    KEY inbox_received_at (received_at)
  ) ENGINE=InnoDB`,
  `CREATE TABLE consumer_offsets (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    partition_id INT NOT NULL,
    next_offset BIGINT NOT NULL,
    PRIMARY KEY (consumer, topic, partition_id)
  ) ENGINE=InnoDB`,
  // arrival keeps the order in which a key's events came. 'dead' could not be handled; 'parked' waits behind a dead one.
  `CREATE TABLE dead_letters (
    arrival BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id BINARY(16) NOT NULL,
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    partition_id INT NOT NULL,
    message_offset BIGINT NOT NULL,
    message_key VARBINARY(255) NULL,
    value MEDIUMBLOB NULL,
    cause VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    attempts INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    UNIQUE KEY dead_letters_id (id),
    UNIQUE KEY dead_letters_message (consumer, topic, partition_id, message_offset),
    KEY dead_letters_key (consumer, message_key, arrival),
    KEY dead_letters_cause (consumer, cause, created_at),
    CONSTRAINT dead_letters_status CHECK (status IN ('dead', 'parked')),
    CONSTRAINT dead_letters_reason CHECK ((status = 'dead') = (reason IS NOT NULL))
  ) ENGINE=InnoDB`,
  `CREATE TABLE quarantined (
    consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(255) NOT NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (consumer, message_key)
  ) ENGINE=InnoDB`,
  `CREATE TABLE IF NOT EXISTS parked_outbox (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    event_id BINARY(16) NOT NULL,
    topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message_key VARBINARY(64) NOT NULL,
    type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    parked_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    KEY parked_outbox_key (topic, message_key, id),
    KEY parked_outbox_event (event_id)
  ) ENGINE=InnoDB`,
];

export const ledger: Migration = {
  name: '0001-ledger',
  up: [...messaging, wallets, transfers, ledgerEntries, payments, ...appendOnly],
};
