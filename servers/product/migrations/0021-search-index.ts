import type { Migration } from '@florin/database';

/**
 * The index of search (docs/adr/0017): the words of each product, the products of each word, and the spellings of words.
 *
 * `search_version` is the version of the product that the index has. The release before raises `version` alone, which makes the
 * product stale; a job then indexes it, as it indexes all products once after this migration. The stored column makes the server
 * copy the table of products, so that step comes last: a migration that was cut off can run again.
 */
export const searchIndex: Migration = {
  name: '0021-search-index',
  up: [
    `CREATE TABLE IF NOT EXISTS search_documents (
        product_id BINARY(16) NOT NULL PRIMARY KEY,
        sample BINARY(4) NOT NULL,
        words BLOB NOT NULL,
        KEY search_documents_sample (sample)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS search_words (
        word VARBINARY(255) NOT NULL,
        product_id BINARY(16) NOT NULL,
        PRIMARY KEY (word, product_id)
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS search_common_words (
        word VARBINARY(255) NOT NULL PRIMARY KEY
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS search_stop_words (
        word VARBINARY(255) NOT NULL PRIMARY KEY
      ) ENGINE=InnoDB`,
    `CREATE TABLE IF NOT EXISTS search_spellings (
        spelling VARBINARY(96) NOT NULL,
        word VARBINARY(96) NOT NULL,
        PRIMARY KEY (spelling, word)
      ) ENGINE=InnoDB`,
    `ALTER TABLE products
        ADD COLUMN search_version INT UNSIGNED NULL,
        ADD COLUMN is_search_stale TINYINT AS (search_version IS NULL OR search_version <> version) STORED,
        ADD KEY products_search_stale (is_search_stale, id)`,
  ],
};
