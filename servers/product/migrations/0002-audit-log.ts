import type { Migration } from '@florin/database';

const auditLogTable = [
  `CREATE TABLE audit_log (
    id BINARY(16) NOT NULL PRIMARY KEY,
    actor_id BINARY(16) NULL,
    action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state_before MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    state_after MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    request_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    KEY audit_log_actor (actor_id, id),
    KEY audit_log_action (action, id),
    KEY audit_log_subject (subject, id)
  ) ENGINE=InnoDB`,
  ...['UPDATE', 'DELETE'].map(
    (change) => `CREATE TRIGGER audit_log_no_${change.toLowerCase()} BEFORE ${change} ON audit_log
      FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only'`,
  ),
];

export const auditLog: Migration = {
  name: '0002-audit-log',
  up: auditLogTable,
};
