import type { Migration } from '@florin/database';

/**
 * `contact_version` is the version of the user whose e-mail address and name are published. The release before changes both and
 * raises `version` alone, which makes the contact stale; a job then publishes it, as it publishes all contacts once after this
 * migration. The contact of an erased user is never published.
 */
export const contacts: Migration = {
  name: '0006-contacts',
  up: [
    `ALTER TABLE users
        ADD COLUMN contact_version BIGINT NULL,
        ADD COLUMN is_contact_stale TINYINT
          AS (status <> 'erased' AND (contact_version IS NULL OR contact_version <> version)) STORED,
        ADD KEY users_contact_stale (is_contact_stale, id)`,
  ],
};
