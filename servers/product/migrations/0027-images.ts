import type { Migration } from '@florin/database';

/**
 * The images that product has heard of from media, which products and claims may refer to, and the photos of claims and of their
 * messages. A photo's source is the claim itself or a message.
 *
 * The trigger makes every release that erases a user forget the user's claim photos. The foreign key takes them from the claims.
 */
export const images: Migration = {
  name: '0027-images',
  reviewed: { erased_users_delete_images: 'writes a table that older instances do not know' },
  up: [
    `CREATE TABLE IF NOT EXISTS seen_images (
        id BINARY(16) NOT NULL PRIMARY KEY,
        owner_id BINARY(16) NOT NULL,
        purpose VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        seen_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        KEY seen_images_owner (owner_id, purpose),
        CONSTRAINT seen_images_purpose CHECK (purpose IN ('product', 'claim'))
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS claim_photos (
        source_id BINARY(16) NOT NULL,
        position TINYINT UNSIGNED NOT NULL,
        claim_id BINARY(16) NOT NULL,
        image_id BINARY(16) NOT NULL,
        PRIMARY KEY (source_id, position),
        KEY claim_photos_claim (claim_id),
        KEY claim_photos_image (image_id),
        CONSTRAINT claim_photos_of_claim FOREIGN KEY (claim_id) REFERENCES claims (id),
        CONSTRAINT claim_photos_of_image FOREIGN KEY (image_id) REFERENCES seen_images (id) ON DELETE CASCADE
      ) ENGINE=InnoDB`,
    'DROP TRIGGER IF EXISTS erased_users_delete_images',
    `CREATE TRIGGER erased_users_delete_images AFTER INSERT ON erased_users FOR EACH ROW
      DELETE FROM seen_images WHERE owner_id = NEW.user_id AND purpose = 'claim'`,
  ],
};
