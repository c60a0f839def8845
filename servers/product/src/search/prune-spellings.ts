import { execute, query, queryFirst, type Transact } from '@florin/database';
import type { Knex } from 'knex';
import { spellingsOf } from './spellings.ts';

/** Spellings that one run looks at. */
const PAGE_SIZE = 5_000;
/** Words whose spellings one transaction deletes. */
const MAX_WORDS = 50;
const START = Buffer.alloc(0);

/** No list of products has the word. A word of which no list is kept counts as used. */
const IS_UNUSED = `(SELECT 1 FROM search_words WHERE search_words.word = known.word LIMIT 1) IS NULL
  AND (SELECT 1 FROM search_common_words WHERE search_common_words.word = known.word LIMIT 1) IS NULL`;

/**
 * Returns a run of a job that deletes the spellings of words that no product has any more. Each run looks at the next page of the
 * table, and begins again after the last one.
 *
 * @returns whether the page may have more such words
 */
export function createSpellingPruning(transact: Transact): () => Promise<boolean> {
  let after: Buffer = START;
  return async () => {
    const { next, isDone } = await transact((trx) => pruneSpellings(trx, after));
    if (isDone) after = next;
    return !isDone;
  };
}

/**
 * Deletes the spellings of unused words on the page after a spelling. Several instances may do so at once: SKIP LOCKED leaves words
 * alone that another transaction prunes, or adds to a product.
 *
 * @returns the last spelling of the page, empty after the last page; and whether the whole page was pruned
 */
export async function pruneSpellings(trx: Knex.Transaction, after: Buffer = START): Promise<{ next: Buffer; isDone: boolean }> {
  const end = await queryFirst<{ spelling: Buffer }>(
    trx,
    `SELECT spelling FROM search_spellings FORCE INDEX (PRIMARY) WHERE spelling > ? ORDER BY spelling LIMIT 1 OFFSET ${PAGE_SIZE}`,
    [after],
  );
  const unused = await findUnused(trx, after, end?.spelling);
  const pruned = await stillUnused(trx, await lockWords(trx, unused));
  await deleteSpellings(trx, pruned);
  return { next: end?.spelling ?? START, isDone: pruned.length < MAX_WORDS };
}

function findUnused(trx: Knex.Transaction, after: Buffer, end: Buffer | undefined): Promise<Buffer[]> {
  return wordsOf(
    trx,
    `SELECT known.word FROM search_spellings AS known FORCE INDEX (PRIMARY)
      WHERE known.spelling > ? ${end === undefined ? '' : 'AND known.spelling <= ?'} AND known.word = known.spelling AND ${IS_UNUSED}
      LIMIT ${MAX_WORDS}`,
    end === undefined ? [after] : [after, end],
  );
}

async function lockWords(trx: Knex.Transaction, words: readonly Buffer[]): Promise<Buffer[]> {
  if (words.length === 0) return [];
  return wordsOf(trx, 'SELECT word FROM search_spellings WHERE spelling IN (?) AND word = spelling FOR UPDATE SKIP LOCKED', [
    words,
  ]);
}

/** A transaction that was committed before the lock may have given the word to a product. */
async function stillUnused(trx: Knex.Transaction, words: readonly Buffer[]): Promise<Buffer[]> {
  if (words.length === 0) return [];
  const sql = `SELECT known.word FROM search_spellings AS known
    WHERE known.spelling IN (?) AND known.word = known.spelling AND ${IS_UNUSED}`;
  return wordsOf(trx, sql, [words]);
}

async function deleteSpellings(trx: Knex.Transaction, words: readonly Buffer[]): Promise<void> {
  const rows = words.flatMap((word) => spellingsOf(word.toString()).map((spelling) => [Buffer.from(spelling), word]));
  const [first = [], ...others] = rows;
  if (rows.length === 0) return;
  await execute(
    trx,
    `DELETE search_spellings
       FROM (SELECT CAST(? AS BINARY) AS spelling, CAST(? AS BINARY) AS word${' UNION ALL SELECT ?'.repeat(others.length)}) AS gone
       STRAIGHT_JOIN search_spellings FORCE INDEX (PRIMARY)
         ON search_spellings.spelling = gone.spelling AND search_spellings.word = gone.word`,
    [...first, ...others],
  );
}

async function wordsOf(trx: Knex.Transaction, sql: string, values: readonly (Buffer | readonly Buffer[])[]): Promise<Buffer[]> {
  return (await query<{ word: Buffer }>(trx, sql, values)).map(({ word }) => word);
}
