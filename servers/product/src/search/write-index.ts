import { execute, idBytes, insertRows, query, type SqlId, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { noteCommon, type Posting, withoutCommon } from './common-words.ts';
import {
  allWords,
  documentOf,
  documentText,
  parseDocument,
  type SearchableProduct,
  type SearchDocument,
} from './search-document.ts';
import { searchDocumentsTable, searchSpellingsTable, searchWordsTable } from './search-tables.ts';
import { isSpellable, spellingsOf } from './spellings.ts';

/** Words of one statement. */
const BATCH_SIZE = 1_000;

/**
 * Writes the words of products to the index, and only those that changed.
 *
 * @param products created or locked by this transaction, which is how two changes of a product follow each other
 * @param options `areNew`: this transaction has created all of them, so that the index has none
 */
export async function writeIndex(
  trx: Knex.Transaction,
  products: readonly SearchableProduct[],
  { areNew = false }: { areNew?: boolean } = {},
): Promise<void> {
  const stored = areNew ? new Map<string, string>() : await readTexts(trx, products);
  const changed = products
    .map((product) => changeOf(product, stored.get(product.id)))
    .filter(({ text, before }) => text !== before);
  if (changed.length === 0) return;
  const { added, removed } = await withoutCommon(trx, changed.flatMap(postingsOf));
  await deletePostings(trx, removed);
  await insertPostings(trx, added);
  const documents = changed.map(({ id, text }) => ({ productId: id, sample: idBytes(id).subarray(-4), words: text }));
  await insertRows(trx, searchDocumentsTable, documents, { onDuplicateKey: 'words = VALUES(words)' });
  await addSpellings(
    trx,
    changed.flatMap(({ document }) => [...document.name, ...document.brand]),
  );
  await noteCommon(trx, added);
}

type Change = { id: string; document: SearchDocument; text: string; before: string | undefined };

function changeOf(product: SearchableProduct, before: string | undefined): Change {
  const document = documentOf(product);
  return { id: product.id, document, text: documentText(document), before };
}

function postingsOf({ id, document, before }: Change): Posting[] {
  const productId = sqlId(id);
  const now = allWords(document);
  const old = before === undefined ? [] : allWords(parseDocument(before));
  const [kept, known] = [new Set(now), new Set(old)];
  return [
    ...now.filter((word) => !known.has(word)).map((word) => ({ word, productId, isAdded: true })),
    ...old.filter((word) => !kept.has(word)).map((word) => ({ word, productId, isAdded: false })),
  ];
}

async function readTexts(trx: Knex.Transaction, products: readonly SearchableProduct[]): Promise<Map<string, string>> {
  if (products.length === 0) return new Map();
  const rows = await query<{ id: Buffer; words: Buffer }>(
    trx,
    'SELECT product_id AS id, words FROM search_documents WHERE product_id IN (?)',
    [products.map(({ id }) => sqlId(id))],
  );
  const texts = new Map(rows.map(({ id, words }) => [id.toString('hex'), words.toString()]));
  return new Map(products.flatMap(({ id }) => withText(id, texts.get(id.replaceAll('-', '')))));
}

function withText(id: string, text: string | undefined): [string, string][] {
  return text === undefined ? [] : [[id, text]];
}

/**
 * Inserts by statements of their own, not by the table's codecs: these would convert the id of a product again for each of its words,
 * which takes most of the processor time of an import. Words have letters and digits only.
 */
async function insertPostings(trx: Knex.Transaction, postings: readonly Posting[]): Promise<void> {
  for (const rows of batchesOf(postings))
    await execute(trx, `${searchWordsTable.insert} ON DUPLICATE KEY UPDATE word = search_words.word`, [rows]);
}

/** Deletes by primary key, one row after another: MariaDB has no range for a list of pairs. */
async function deletePostings(trx: Knex.Transaction, postings: readonly Posting[]): Promise<void> {
  for (const [first = [], ...others] of batchesOf(postings))
    await execute(
      trx,
      `DELETE search_words
         FROM (SELECT CAST(? AS BINARY) AS word, ? AS product_id${' UNION ALL SELECT ?'.repeat(others.length)}) AS gone
         STRAIGHT_JOIN search_words FORCE INDEX (PRIMARY) ON search_words.word = gone.word AND search_words.product_id = gone.product_id`,
      [...first, ...others],
    );
}

/** In the order of words, in which all transactions write, so that they rarely wait for each other in a circle. */
function batchesOf(postings: readonly Posting[]): (string | SqlId)[][][] {
  const rows = postings.toSorted((a, b) => compare(a.word, b.word)).map(({ word, productId }) => [word, productId]);
  return Array.from({ length: Math.ceil(rows.length / BATCH_SIZE) }, (_, index) =>
    rows.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
}

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

/**
 * Adds the spellings of new words. Most words are known, so they are looked up first. The lock keeps the job that prunes spellings
 * from deleting those of a word whose product is not committed yet.
 */
async function addSpellings(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  const words = [...new Set(names.filter(isSpellable))].sort(compare);
  if (words.length === 0) return;
  const bytes = words.map((word) => Buffer.from(word));
  const known = await query<{ word: Buffer }>(
    trx,
    'SELECT word FROM search_spellings WHERE spelling IN (?) AND word = spelling LOCK IN SHARE MODE',
    [bytes],
  );
  const skipped = new Set(known.map(({ word }) => word.toString()));
  const rows = words
    .filter((word) => !skipped.has(word))
    .flatMap((word) => spellingsOf(word).map((spelling) => ({ spelling, word })))
    .sort((a, b) => compare(a.spelling, b.spelling) || compare(a.word, b.word));
  // Another transaction may add the same word.
  await insertRows(trx, searchSpellingsTable, rows, { onDuplicateKey: 'word = search_spellings.word' });
}
