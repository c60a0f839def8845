import type { Migration } from '@florin/database';

/** Stock that staff move, products that come in files, purchases on their way. */
export const importsAndShipping: Migration = {
  name: '0004-imports-and-shipping',
  up: [
    // Beside the movements and not among them: every sale writes movements, and only staff's have a key.
    `CREATE TABLE IF NOT EXISTS stock_movement_keys (
        user_id BINARY(16) NOT NULL,
        idempotency_key VARBINARY(255) NOT NULL,
        request_hash BINARY(32) NOT NULL,
        movement_id BINARY(16) NOT NULL,
        PRIMARY KEY (user_id, idempotency_key),
        UNIQUE KEY stock_movement_keys_movement (movement_id)
      ) ENGINE=InnoDB`,

    // How far the import under a key has come, and the hash of the rows so far: sent again, it goes on from there.
    `CREATE TABLE IF NOT EXISTS imports (
        id BINARY(16) NOT NULL PRIMARY KEY,
        user_id BINARY(16) NOT NULL,
        idempotency_key VARBINARY(255) NOT NULL,
        status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
        rows_done INT UNSIGNED NOT NULL DEFAULT 0,
        rows_hash BINARY(32) NOT NULL,
        created INT UNSIGNED NOT NULL DEFAULT 0,
        updated INT UNSIGNED NOT NULL DEFAULT 0,
        unchanged INT UNSIGNED NOT NULL DEFAULT 0,
        refused INT UNSIGNED NOT NULL DEFAULT 0,
        created_at DATETIME(3) NOT NULL,
        updated_at DATETIME(3) NOT NULL,
        UNIQUE KEY imports_idempotency (user_id, idempotency_key),
        CONSTRAINT imports_status CHECK (status IN ('open', 'done')),
        CONSTRAINT imports_rows CHECK (rows_done = created + updated + unchanged + refused)
      ) ENGINE=InnoDB`,

    `CREATE TABLE IF NOT EXISTS import_rows (
        import_id BINARY(16) NOT NULL,
        position INT UNSIGNED NOT NULL,
        sku VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        product_id BINARY(16) NULL,
        outcome VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
        problems TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        PRIMARY KEY (import_id, position),
        KEY import_rows_outcome (import_id, outcome, position),
        CONSTRAINT import_rows_outcome CHECK (outcome IN ('created', 'updated', 'unchanged', 'refused')),
        CONSTRAINT import_rows_refused CHECK ((outcome = 'refused') = (code IS NOT NULL))
      ) ENGINE=InnoDB`,

    'ALTER TABLE purchases ADD COLUMN tracking_code VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL',
  ],
};
