import type { Migration } from '@florin/database';

/** `attempts_generation` is part of the keys that failed attempts are counted under: a new one clears them all. */
const users = 'ALTER TABLE users ADD COLUMN attempts_generation INT UNSIGNED NOT NULL DEFAULT 0';

/** What the owner sees of a session: the browser or program, and the address of its last use. */
const sessions = `ALTER TABLE sessions
  ADD COLUMN device VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL`;

/** Addresses from which a user has signed in lately. */
const knownAddresses = `CREATE TABLE known_addresses (
  user_id BINARY(16) NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_signed_in_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, address),
  KEY known_addresses_last_signed_in_at (last_signed_in_at),
  CONSTRAINT known_addresses_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB`;

/** At most one row: the first admin has been made, whatever became of the account. No account: an earlier release made it. */
const firstAdmin = `CREATE TABLE first_admin (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  user_id BINARY(16) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  CONSTRAINT first_admin_once CHECK (id = 1)
) ENGINE=InnoDB`;

export const signInSafety: Migration = {
  name: '0005-sign-in-safety',
  up: [users, sessions, knownAddresses, firstAdmin],
};
