import { pickFields, readRow, type StoredRowOf } from '@florin/database';
import type { BrokenRow, Query, SweepInvariant, SweptPage } from '@florin/invariants';
import { productsTable } from '../stock/index.ts';
import { allWords, documentOf, documentText, parseDocument } from './search-document.ts';

const PAGE_SIZE = 250;
const MAX_POSTINGS = 2_000;
const NO_WORDS = Buffer.alloc(0);
const checkedTable = pickFields(productsTable, ['id', 'sku', 'name', 'brand', 'description']);
/** The part of the catalogue that is checked changes after this time, not between a finding and its second look. */
const WINDOW_MS = 600_000;
const SAMPLES = 2 ** 32;

export const searchInvariants: readonly SweepInvariant[] = [
  {
    check: 'search-index',
    rule: "the search index has the words of each product's text, and no others (a sample of 250 products)",
    sweep,
  },
];

/** Checks some products: all of a small catalogue, and others of a large one in each period. */
async function* sweep(query: Query): AsyncGenerator<SweptPage, void> {
  const start = startOf(Date.now());
  const first = await readPage(query, 'd.sample >= ?', { start, limit: PAGE_SIZE });
  yield { rows: first.length, broken: await brokenOf(query, first) };
  const second = await readPage(query, 'd.sample < ?', { start, limit: PAGE_SIZE - first.length });
  yield { rows: second.length, broken: await brokenOf(query, second) };
  yield* checkPostings(query, first.length + second.length < PAGE_SIZE ? undefined : first[0]?.words);
}

/** Checks that products have the words that find them, from a word of `words` on, else from the first. */
async function* checkPostings(query: Query, words: Buffer | undefined): AsyncGenerator<SweptPage, void> {
  const rows = await query<{ id: Buffer; word: Buffer; found: Buffer | null }>(
    `SELECT w.product_id AS id, w.word, d.words AS found
       FROM (SELECT word, product_id FROM search_words WHERE word > ? ORDER BY word, product_id LIMIT ?) AS w
       LEFT JOIN search_documents d ON d.product_id = w.product_id
      WHERE NOT EXISTS (SELECT 1 FROM search_common_words c WHERE c.word = w.word)`,
    [Buffer.from(words === undefined ? '' : (allWords(parseDocument(words.toString()))[0] ?? '')), MAX_POSTINGS],
  );
  const wrong = rows.filter(({ word, found }) => !(found ?? NO_WORDS).includes(Buffer.from(` ${word.toString()} `)));
  yield {
    rows: rows.length,
    broken: wrong.map(({ id, word }) => ({ id, detail: `is found by ${word.toString()}, which it does not have` })),
  };
}

/** The golden ratio spreads the periods evenly. */
function startOf(now: number): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32BE(Math.floor(((Math.floor(now / WINDOW_MS) * 0.618_033_988_749) % 1) * SAMPLES));
  return start;
}

type Row = StoredRowOf<typeof checkedTable> & { words: Buffer };

function readPage(query: Query, range: string, { start, limit }: { start: Buffer; limit: number }): Promise<Row[]> {
  const columns = checkedTable.cells.map(({ column }) => `p.${column}`).join(', ');
  return query<Row>(
    `SELECT ${columns}, d.words FROM search_documents d FORCE INDEX (search_documents_sample)
       STRAIGHT_JOIN products p ON p.id = d.product_id
      WHERE ${range} AND p.is_search_stale = 0 ORDER BY d.sample LIMIT ?`,
    [start, limit],
  );
}

async function brokenOf(query: Query, rows: readonly Row[]): Promise<BrokenRow[]> {
  const broken: BrokenRow[] = [];
  for (const { words, ...row } of rows) {
    const expected = documentOf(readRow(checkedTable, row));
    if (documentText(expected) !== words.toString())
      broken.push({ id: row.id, detail: 'the words of the index are not those of the text' });
    else broken.push(...(await missingOf(query, row.id, allWords(parseDocument(words.toString())))));
  }
  return broken;
}

async function missingOf(query: Query, id: Buffer, words: readonly string[]): Promise<BrokenRow[]> {
  if (words.length === 0) return [];
  const listed = words.map((word) => Buffer.from(word));
  const rows = await query<{ word: Buffer }>(
    `SELECT word FROM search_words FORCE INDEX (PRIMARY) WHERE product_id = ? AND word IN (?)
      UNION SELECT word FROM search_common_words WHERE word IN (?)`,
    [id, listed, listed],
  );
  return rows.length === words.length ? [] : [{ id, detail: `${rows.length} of ${words.length} words find the product` }];
}
