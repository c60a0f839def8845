import type { Migration } from '@florin/database';

/**
 * The tables of outbox, inbox and dead letters. Auth, product and payment made them in migrations of their own, before this package
 * had any: there the first one finds them and changes nothing.
 *
 * Debezium's outbox router has not been tried with the outbox. Its columns have what the router needs: event id, key, type, payload
 * and topic. docs/scaling.md says what else it would take.
 * `signature_starts` has the first offset of each partition from which events must be signed.
 * `parked_outbox` has rows that the broker refused, and those that wait behind them with the same topic and key.
 */
export const messagingMigrations: readonly Migration[] = [
  {
    name: 'messaging-0001-tables',
    up: [
      `CREATE TABLE IF NOT EXISTS outbox (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      event_id BINARY(16) NOT NULL,
      topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      message_key VARBINARY(64) NOT NULL,
      type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    ) ENGINE=InnoDB`,
      `CREATE TABLE IF NOT EXISTS inbox (
      consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_id BINARY(16) NOT NULL,
      received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (consumer, event_id),
      KEY inbox_received_at (received_at)
    ) ENGINE=InnoDB`,
      `CREATE TABLE IF NOT EXISTS consumer_offsets (
      consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      partition_id INT NOT NULL,
      next_offset BIGINT NOT NULL,
      PRIMARY KEY (consumer, topic, partition_id)
    ) ENGINE=InnoDB`,
      // arrival keeps the order in which a key's events came. 'dead' could not be handled; 'parked' waits behind a dead one.
      `CREATE TABLE IF NOT EXISTS dead_letters (
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
      `CREATE TABLE IF NOT EXISTS quarantined (
      consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      message_key VARBINARY(255) NOT NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (consumer, message_key)
    ) ENGINE=InnoDB`,
      // A table of its own, not a mark in the outbox, so that the relay of an older release neither publishes parked rows nor meets them.
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
    ],
  },
  {
    name: 'messaging-0002-signature-starts',
    up: [
      `CREATE TABLE IF NOT EXISTS signature_starts (
      topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      partition_id INT NOT NULL,
      signed_from BIGINT NOT NULL,
      PRIMARY KEY (topic, partition_id)
    ) ENGINE=InnoDB`,
    ],
  },
];
