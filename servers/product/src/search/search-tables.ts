import { column, defineTable } from '@florin/database';

/**
 * The words of each product, as `documentText` writes them. `sample` is the random end of the id: the rows with its lowest values
 * are a sample of all products, of the same size in any catalogue.
 */
export const searchDocumentsTable = defineTable('search_documents', {
  productId: column.id(),
  sample: column.bytes('binary(4)'),
  words: column.textBytes('blob'),
});

/** The products of each word. Of a common word, those of the time before it was common, whether they still have it or not. */
export const searchWordsTable = defineTable('search_words', {
  word: column.textBytes('varbinary(255)'),
  productId: column.id(),
});

/** The words of names, by each of their spellings without one letter. A job deletes those of words that no product has any more. */
export const searchSpellingsTable = defineTable('search_spellings', {
  spelling: column.textBytes('varbinary(96)'),
  word: column.textBytes('varbinary(96)'),
});

/** Words of more products than a search reads. Their products are no longer written. A word stays common. */
export const searchCommonWordsTable = defineTable('search_common_words', {
  word: column.textBytes('varbinary(255)'),
});

/** Words that most products have. A search for other words too does not demand them. */
export const searchStopWordsTable = defineTable('search_stop_words', {
  word: column.textBytes('varbinary(255)'),
});
