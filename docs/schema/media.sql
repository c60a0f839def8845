-- The schema of media's database after all migrations. Written by npm run docs; do not edit.

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

CREATE TABLE deleted_images (
  id binary(16) NOT NULL,
  deleted_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id)
);

CREATE TABLE image_owners (
  user_id binary(16) NOT NULL,
  erased_at datetime(3) NULL,
  PRIMARY KEY (user_id)
);

CREATE TABLE images (
  id binary(16) NOT NULL,
  owner_id binary(16) NOT NULL,
  purpose varchar(8) COLLATE ascii_bin NOT NULL,
  content_hash binary(32) NOT NULL,
  media_type varchar(16) COLLATE ascii_bin NOT NULL,
  width smallint unsigned NOT NULL,
  height smallint unsigned NOT NULL,
  bytes int unsigned NOT NULL,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY images_content (owner_id, purpose, content_hash),
  KEY images_owner (owner_id, purpose, created_at),
  CONSTRAINT images_purpose CHECK (purpose in ('product', 'claim')),
  CONSTRAINT images_size CHECK (width >= 1 and height >= 1 and bytes >= 1),
  CONSTRAINT images_type CHECK (media_type in ('image/jpeg', 'image/png', 'image/webp', 'image/avif'))
);

CREATE TABLE inbox (
  consumer varchar(64) COLLATE ascii_bin NOT NULL,
  event_id binary(16) NOT NULL,
  received_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, event_id),
  KEY inbox_received_at (received_at)
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
