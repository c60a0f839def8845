import { foldText } from './fold-text.ts';

/** A run of text without spaces: `T-Shirt` has the parts `t` and `shirt`, joined as `tshirt`. */
export type Compound = {
  parts: readonly string[];
  /** All parts in one, if there are several. Absent in scripts without spaces between words. */
  joined?: string;
};

/** Maximum number of characters of a word. The rest of a longer word is left out. */
const MAX_LENGTH = 60;

const CHARACTER = String.raw`[\p{L}\p{N}\p{M}]`;
/** Signs that join words: hyphens, apostrophes and those of SKUs. */
const CONNECTOR = "[-\u2010'\u2019._/&+]";
const COMPOUND = new RegExp(`${CHARACTER}+(?:${CONNECTOR}${CHARACTER}+)*`, 'gu');
/** Scripts that write no spaces, or few, between words. */
const SPACELESS = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('');
const SPACELESS_START = new RegExp(`^[${SPACELESS}]`, 'u');
/** Most words, which have one part. */
const PLAIN = /^(?:[a-z]+|[0-9]+)$/;
const PART = new RegExp(`(?<run>(?:(?=${CHARACTER})[${SPACELESS}])+)|\\p{N}+|(?:(?![${SPACELESS}])[\\p{L}\\p{M}])+`, 'gu');

/**
 * Splits text into folded words. A word ends at a space, a sign, and between a letter and a digit (`500g` has `500` and `g`). A run
 * of a script without spaces becomes its pairs of characters: `紅茶の` has `紅茶` and `茶の`. The last character stands by itself too,
 * so that every character begins a word. A run of text that occurs several times is split once.
 */
export function splitWords(text: string): Compound[] {
  return Array.from(new Set(foldText(text).match(COMPOUND)), compoundOf);
}

/** Whether a word is of a script whose words are pairs of characters. */
export function isSpaceless(word: string): boolean {
  return SPACELESS_START.test(word);
}

function compoundOf(compound: string): Compound {
  if (PLAIN.test(compound)) return { parts: [cut(compound)] };
  const parts: string[] = [];
  const joined: string[] = [];
  for (const { 0: part, groups } of compound.matchAll(PART)) {
    if (groups?.['run'] !== undefined) parts.push(...pairsOf(part));
    else {
      parts.push(cut(part));
      joined.push(part);
    }
  }
  return joined.length > 1 ? { parts, joined: cut(joined.join('')) } : { parts };
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}

function cut(word: string): string {
  return word.length <= MAX_LENGTH ? word : Array.from(word).slice(0, MAX_LENGTH).join('');
}
