import { type Compound, splitWords } from './split-words.ts';

/** What search reads of a product. */
export type SearchableProduct = {
  id: string;
  name: string;
  sku: string | null;
  brand: string | null;
  description: string;
};

/** The fields in the order of their rank, with the maximum number of different words of each that are found. */
const FIELDS = { sku: 20, name: 100, brand: 20, description: 40 } as const;
/** Maximum number of characters of a field that are read for words. */
const MAX_READ = 1_000;
export type SearchField = keyof typeof FIELDS;
/** The fields of a product that have words. */
export const searchedFields = Object.keys(FIELDS) as SearchField[];

/** The words of a product by field. A word is in the first field that has it, and only there. */
export type SearchDocument = Readonly<Record<SearchField, readonly string[]>>;

export function documentOf(product: Omit<SearchableProduct, 'id'>): SearchDocument {
  const seen = new Set<string>();
  const document = {} as Record<SearchField, readonly string[]>;
  for (const field of searchedFields) document[field] = newWordsOf(product[field] ?? '', { seen, max: FIELDS[field] });
  return document;
}

export function allWords(document: SearchDocument): string[] {
  return searchedFields.flatMap((field) => document[field]);
}

/**
 * Writes the document as text, in which SQL and code find a word in the same way: a line per field, a space before and after each
 * word.
 */
export function documentText(document: SearchDocument): string {
  return searchedFields.map((field) => ` ${document[field].map((word) => `${word} `).join('')}`).join('\n');
}

/** Reads what `documentText` wrote. */
export function parseDocument(text: string): SearchDocument {
  const lines = text.split('\n');
  const wordsOf = (line = ''): string[] => line.split(' ').filter((word) => word !== '');
  const document = {} as Record<SearchField, readonly string[]>;
  for (const [index, field] of searchedFields.entries()) document[field] = wordsOf(lines[index]);
  return document;
}

function newWordsOf(text: string, { seen, max }: { seen: Set<string>; max: number }): string[] {
  const words: string[] = [];
  for (const word of splitWords(text.slice(0, MAX_READ)).flatMap(wordsOfCompound)) {
    if (words.length === max) break;
    if (seen.has(word)) continue;
    seen.add(word);
    words.push(word);
  }
  return words;
}

function wordsOfCompound({ parts, joined }: Compound): string[] {
  return joined === undefined ? [...parts] : [...parts, joined];
}
