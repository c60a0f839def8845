import type { Migration } from '@florin/database';

/** Images, whose files are in the storage. `content_hash` is that of the uploaded bytes. */
const table = `CREATE TABLE images (
  id BINARY(16) NOT NULL PRIMARY KEY,
  owner_id BINARY(16) NOT NULL,
  purpose VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash BINARY(32) NOT NULL,
  media_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  width SMALLINT UNSIGNED NOT NULL,
  height SMALLINT UNSIGNED NOT NULL,
  bytes INT UNSIGNED NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  UNIQUE KEY images_content (owner_id, purpose, content_hash),
  KEY images_owner (owner_id, purpose, created_at),
  CONSTRAINT images_purpose CHECK (purpose IN ('product', 'claim')),
  CONSTRAINT images_type CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/avif')),
  CONSTRAINT images_size CHECK (width >= 1 AND height >= 1 AND bytes >= 1)
) ENGINE=InnoDB`;

/** One row for each user who uploaded, which their uploads lock, and for each erased user. */
const owners = `CREATE TABLE image_owners (
  user_id BINARY(16) NOT NULL PRIMARY KEY,
  erased_at DATETIME(3) NULL
) ENGINE=InnoDB`;

/** Images whose rows are gone and whose files are to be deleted. */
const deleted = `CREATE TABLE deleted_images (
  id BINARY(16) NOT NULL PRIMARY KEY,
  deleted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB`;

export const images: Migration = { name: '0001-images', up: [table, owners, deleted] };
