-- The schema of auth's database after all migrations. Written by npm run docs; do not edit.

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

CREATE TABLE first_admin (
  id tinyint unsigned NOT NULL,
  user_id binary(16) NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  CONSTRAINT first_admin_once CHECK (id = 1)
);

CREATE TABLE inbox (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  event_id binary(16) NOT NULL,
  received_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, event_id),
  KEY inbox_received_at (received_at)
);

CREATE TABLE known_addresses (
  user_id binary(16) NOT NULL,
  address varchar(64) COLLATE ascii_bin NOT NULL,
  last_signed_in_at datetime(3) NOT NULL,
  PRIMARY KEY (user_id, address),
  KEY known_addresses_last_signed_in_at (last_signed_in_at),
  CONSTRAINT known_addresses_of_user FOREIGN KEY (user_id) REFERENCES users (id)
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

CREATE TABLE quarantined (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  message_key varbinary(255) NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, message_key)
);

CREATE TABLE rate_limits (
  key varchar(255) COLLATE ascii_bin NOT NULL,
  points int NOT NULL DEFAULT 0,
  expire bigint unsigned NULL,
  PRIMARY KEY (key),
  KEY rate_limits_expire (expire)
);

CREATE TABLE refresh_tokens (
  token_hash varbinary(32) NOT NULL,
  session_id binary(16) NOT NULL,
  issued_at datetime(3) NOT NULL,
  used_at datetime(3) NULL,
  revoked_at datetime(3) NULL,
  successor_hash varbinary(32) NULL,
  PRIMARY KEY (token_hash),
  KEY refresh_tokens_session (session_id),
  CONSTRAINT refresh_tokens_of_session FOREIGN KEY (session_id) REFERENCES sessions (id),
  CONSTRAINT refresh_tokens_successor CHECK (used_at is null = successor_hash is null)
);

CREATE TABLE sessions (
  id binary(16) NOT NULL,
  user_id binary(16) NOT NULL,
  created_at datetime(3) NOT NULL,
  expires_at datetime(3) NOT NULL,
  ended_at datetime(3) NULL,
  device varchar(200) COLLATE ascii_bin NULL,
  address varchar(64) COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  KEY sessions_ended_at (ended_at),
  KEY sessions_expires_at (expires_at),
  KEY sessions_user (user_id, id),
  CONSTRAINT sessions_of_user FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE signature_starts (
  topic varchar(100) COLLATE ascii_bin NOT NULL,
  partition_id int NOT NULL,
  signed_from bigint NOT NULL,
  PRIMARY KEY (topic, partition_id)
);

CREATE TABLE signing_keys (
  id binary(16) NOT NULL,
  ordinal int unsigned NOT NULL,
  public_jwk varchar(2000) COLLATE ascii_bin NOT NULL,
  sealed_private_key varbinary(4000) NOT NULL,
  signs_from datetime(3) NOT NULL,
  published_until datetime(3) NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY signing_keys_ordinal (ordinal)
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

CREATE TABLE users (
  id binary(16) NOT NULL,
  email varchar(254) COLLATE utf8mb4_bin NOT NULL,
  name varchar(100) COLLATE utf8mb4_bin NULL,
  password_hash varchar(255) COLLATE ascii_bin NOT NULL,
  roles set('buyer','staff','admin') COLLATE ascii_bin NOT NULL,
  status varchar(16) COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version bigint NOT NULL,
  created_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  tokens_valid_from datetime(3) NULL,
  attempts_generation int unsigned NOT NULL DEFAULT 0,
  contact_version bigint NULL,
  is_contact_stale tinyint AS (status <> 'erased' and contact_version is null or contact_version <> version) STORED NULL,
  PRIMARY KEY (id),
  KEY users_contact_stale (is_contact_stale, id),
  UNIQUE KEY users_email (email),
  KEY users_roles (roles, id),
  KEY users_status_id (status, id),
  CONSTRAINT users_buyer CHECK (find_in_set('buyer', roles) > 0),
  CONSTRAINT users_status CHECK (status in ('active', 'disabled', 'erased')),
  CONSTRAINT users_version CHECK (version >= 1)
);
