import type { Migration } from '@florin/database';

/**
 * What staff say about a movement beyond its units. Its reason in `stock_movements` is `delivery` or `correction` if it is here
 * `damage`, `loss`, `found`, `transfer` or `count`: the release before knows no other reasons. Notes are here, because movements
 * are never changed and the words of a note may have to be.
 *
 * A count that finds the stock as it is moves no unit, so a movement of 0 is allowed.
 */
export const stockReasons: Migration = {
  name: '0016-stock-reasons',
  up: [
    `CREATE TABLE IF NOT EXISTS stock_movement_details (
        movement_id BINARY(16) NOT NULL PRIMARY KEY,
        reason VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        counted BIGINT NULL,
        counted_at DATETIME(3) NULL,
        CONSTRAINT stock_movement_details_movement FOREIGN KEY (movement_id) REFERENCES stock_movements (id),
        CONSTRAINT stock_movement_details_reason
          CHECK (reason IN ('delivery', 'correction', 'damage', 'loss', 'found', 'transfer', 'count')),
        CONSTRAINT stock_movement_details_count
          CHECK ((reason = 'count') = (counted IS NOT NULL) AND (reason = 'count') = (counted_at IS NOT NULL)),
        CONSTRAINT stock_movement_details_counted CHECK (counted >= 0)
      ) ENGINE=InnoDB`,
    'ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_delta',
  ],
};
