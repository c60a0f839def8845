import type { Migration } from '@florin/database';

/**
 * The number of a purchase, which people read out and type; the order of purchases by their last change; and copies of the users'
 * contacts, with the beginnings that staff find them by.
 *
 * The release before inserts purchases without a number. A job gives them one, as it does for all purchases once after this
 * migration. The trigger makes every release that erases a user delete the contact.
 */
export const numbersAndContacts: Migration = {
  name: '0026-numbers-and-contacts',
  reviewed: { erased_users_delete_contacts: 'writes a table that older instances do not know' },
  up: [
    `CREATE TABLE IF NOT EXISTS contacts (
        user_id BINARY(16) NOT NULL PRIMARY KEY,
        email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        version BIGINT NOT NULL,
        KEY contacts_email (email)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS contact_keys (
        search_key VARBINARY(255) NOT NULL,
        user_id BINARY(16) NOT NULL,
        PRIMARY KEY (search_key, user_id),
        KEY contact_keys_user (user_id),
        CONSTRAINT contact_keys_contact FOREIGN KEY (user_id) REFERENCES contacts (user_id) ON DELETE CASCADE
      ) ENGINE=InnoDB`,
    'DROP TRIGGER IF EXISTS erased_users_delete_contacts',
    `CREATE TRIGGER erased_users_delete_contacts AFTER INSERT ON erased_users FOR EACH ROW
      DELETE FROM contacts WHERE user_id = NEW.user_id`,
    `ALTER TABLE purchases
        ADD COLUMN number CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD UNIQUE KEY purchases_number (number),
        ADD KEY purchases_updated (updated_at, id)`,
  ],
};
