import type { Migration } from '@florin/database';

/** `email` is the normalised form, so that the binary collation tells apart exactly what the normalisation does. */
const users = `CREATE TABLE users (
  id BINARY(16) NOT NULL PRIMARY KEY,
  email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  roles SET('buyer', 'staff', 'admin') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  UNIQUE KEY users_email (email),
  CONSTRAINT users_status CHECK (status IN ('active', 'disabled')),
  CONSTRAINT users_buyer CHECK (FIND_IN_SET('buyer', roles) > 0),
  CONSTRAINT users_version CHECK (version >= 1)
) ENGINE=InnoDB`;

/** A session is a family of refresh tokens: one follows the other until it ends. Its id is the `sid` of access tokens. */
const sessions = `CREATE TABLE sessions (
  id BINARY(16) NOT NULL PRIMARY KEY,
  user_id BINARY(16) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  KEY sessions_user (user_id, id),
  KEY sessions_expires_at (expires_at),
  CONSTRAINT sessions_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB`;

const refreshTokens = `CREATE TABLE refresh_tokens (
  token_hash VARBINARY(32) NOT NULL PRIMARY KEY,
  session_id BINARY(16) NOT NULL,
  issued_at DATETIME(3) NOT NULL,
  used_at DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  successor_hash VARBINARY(32) NULL,
  KEY refresh_tokens_session (session_id),
  CONSTRAINT refresh_tokens_of_session FOREIGN KEY (session_id) REFERENCES sessions (id),
  CONSTRAINT refresh_tokens_successor CHECK ((used_at IS NULL) = (successor_hash IS NULL))
) ENGINE=InnoDB`;

/** `ordinal` is what lets only one of several instances make the next key. The private half is sealed with AES-256-GCM. */
const signingKeys = `CREATE TABLE signing_keys (
  id BINARY(16) NOT NULL PRIMARY KEY,
  ordinal INT UNSIGNED NOT NULL,
  public_jwk VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed_private_key VARBINARY(4000) NOT NULL,
  signs_from DATETIME(3) NOT NULL,
  published_until DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY signing_keys_ordinal (ordinal)
) ENGINE=InnoDB`;

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

export const accounts: Migration = {
  name: '0001-accounts',
  up: [users, sessions, refreshTokens, signingKeys, ...messaging],
};
