import { execute, insertRows, query } from '@florin/database';
import type { Knex } from 'knex';
import { allWords, parseDocument } from './search-document.ts';
import { searchStopWordsTable } from './search-tables.ts';

/** Products that are sampled to estimate how many of all have a word. */
const SAMPLE_SIZE = 200;
/** With fewer products, a share says too little. */
const MIN_SAMPLE = 100;
/** A word that a larger share of all products has is a stop word. */
const MAX_SHARE = 0.5;

/** Notes the words that most products have, by a sample of the products. */
export async function noteStopWords(trx: Knex.Transaction): Promise<void> {
  const words = await readStopWords(trx);
  const rows = [...words].sort().map((word) => ({ word }));
  await insertRows(trx, searchStopWordsTable, rows, { onDuplicateKey: 'word = search_stop_words.word' });
  if (rows.length === 0) await execute(trx, 'DELETE FROM search_stop_words');
  else await execute(trx, 'DELETE FROM search_stop_words WHERE word NOT IN (?)', [rows.map(({ word }) => Buffer.from(word))]);
}

async function readStopWords(trx: Knex.Transaction): Promise<Set<string>> {
  const rows = await query<{ words: Buffer }>(
    trx,
    `SELECT words FROM search_documents FORCE INDEX (search_documents_sample) ORDER BY sample LIMIT ${SAMPLE_SIZE}`,
  );
  if (rows.length < MIN_SAMPLE) return new Set();
  const counts = new Map<string, number>();
  for (const { words } of rows)
    for (const word of allWords(parseDocument(words.toString()))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > rows.length * MAX_SHARE).map(([word]) => word));
}
