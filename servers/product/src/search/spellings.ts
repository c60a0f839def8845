import { query } from '@florin/database';
import type { Knex } from 'knex';
import { isSpaceless } from './split-words.ts';

/** Words from this length on are found in spite of a typing error. The typed word may lack a letter, or have one more. */
const MIN_LENGTH = 5;
const MAX_LENGTH = 24;
/** Maximum number of words that are tried for one typed word. */
const MAX_CORRECTIONS = 10;
const MAX_READ = 200;

/** Whether typing errors in this word are found: it has letters only, as errors in numbers are other numbers. */
export function isSpellable(word: string): boolean {
  return word.length >= MIN_LENGTH && word.length <= MAX_LENGTH && hasLettersOnly(word);
}

function hasLettersOnly(word: string): boolean {
  return /^[\p{L}\p{M}]+$/u.test(word) && !isSpaceless(word);
}

/**
 * Returns a word and its forms without one letter. Two words that differ by one typing error have such a form in common (the
 * symmetric deletion of SymSpell), so that equality finds them.
 */
export function spellingsOf(word: string): string[] {
  const letters = Array.from(word);
  return [...new Set([word, ...letters.map((_, index) => letters.toSpliced(index, 1).join(''))])];
}

/** Finds the words of names and brands that one typing error turns into `typed`. */
export async function findCorrections(db: Knex, typed: string): Promise<string[]> {
  if (typed.length < MIN_LENGTH - 1 || typed.length > MAX_LENGTH + 1 || !hasLettersOnly(typed)) return [];
  const keys = spellingsOf(typed).map((spelling) => Buffer.from(spelling));
  const rows = await query<{ word: Buffer }>(
    db,
    `SELECT DISTINCT word FROM search_spellings WHERE spelling IN (?) LIMIT ${MAX_READ}`,
    [keys],
  );
  return rows
    .map(({ word }) => word.toString())
    .filter((word) => isOneErrorApart(typed, word))
    .slice(0, MAX_CORRECTIONS);
}

/** Whether one letter is missing, added, replaced or exchanged with the next one (optimal string alignment distance of 1). */
export function isOneErrorApart(a: string, b: string): boolean {
  const [one, other] = [Array.from(a), Array.from(b)];
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return left.length + right.length > 0;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
