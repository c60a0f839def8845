/** A search for words in the full-text index, or for the beginning of names. */
export type TextQuery = { kind: 'words'; against: string } | { kind: 'beginning'; text: string };

/** Defaults of InnoDB (innodb_ft_min_token_size and innodb_ft_max_token_size): shorter and longer words are not indexed. */
const MIN_WORD_LENGTH = 3;
const MAX_WORD_LENGTH = 84;
/** More words cost more and do not improve the result. */
const MAX_WORDS = 10;

/** InnoDB's default list (innodb_ft_default_stopword): these words are not indexed. */
const STOP_WORDS = new Set(
  'a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und www'.split(
    ' ',
  ),
);

/**
 * Turns search text into a boolean full-text query for all its words, in any order. Only letters, digits and underscores are kept:
 * InnoDB's words have no others, and without operators no text is a syntax error. Words that are not indexed are left out, because
 * the query would find nothing. If no word is left, the text is searched as the beginning of names.
 *
 * @returns undefined for empty text
 */
export function textQueryOf(typed: string): TextQuery | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const words = new Set((withoutAstral(text).match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).filter(isIndexed));
  if (words.size === 0) return { kind: 'beginning', text };
  return {
    kind: 'words',
    against: [...words]
      .slice(0, MAX_WORDS)
      .map((word) => `+${word}`)
      .join(' '),
  };
}

function isIndexed(word: string): boolean {
  const { length } = word;
  return length >= MIN_WORD_LENGTH && length <= MAX_WORD_LENGTH && !STOP_WORDS.has(word.toLowerCase());
}

/** MySQL and MariaDB index no words with characters past U+FFFF. */
function withoutAstral(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, ' ');
}
