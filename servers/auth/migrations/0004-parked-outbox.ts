import type { Migration } from '@florin/database';

/** Outbox rows that wait for an operator: the broker refused one of them, and the others come behind it with its topic and key. */
const table = `CREATE TABLE IF NOT EXISTS parked_outbox (
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
  ) ENGINE=InnoDB`;

export const parkedOutbox: Migration = {
  name: '0004-parked-outbox',
  up: [table],
};
