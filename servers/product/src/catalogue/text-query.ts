/** What to look for in names and descriptions: words by the full-text index, or else what names begin with. */
export type TextQuery = { kind: 'words'; against: string } | { kind: 'beginning'; text: string };

/** InnoDB's own limits (innodb_ft_min_token_size and innodb_ft_max_token_size, both as they come): other words are in no index. */
const SHORTEST_WORD = 3;
const LONGEST_WORD = 84;
/** More make a search dearer, and none better. */
const MOST_WORDS = 10;

/** InnoDB's default list; these are in no index either (innodb_ft_default_stopword). */
const STOP_WORDS = new Set(
  'a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und www'.split(
    ' ',
  ),
);

/**
 * Turns what somebody typed into a boolean full-text query: every word must be there, in any order. Only letters, digits and
 * underscores come through, which are what InnoDB takes for words; its operators do not, so that no input is a syntax error.
 * Words that no index has would make it find nothing, so they are left out; where no other is left, names that begin so are meant.
 *
 * @returns nothing where there is nothing to look for
 */
export function textQueryOf(typed: string): TextQuery | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const words = new Set((withoutAstral(text).match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).filter(isIndexed));
  if (words.size === 0) return { kind: 'beginning', text };
  return {
    kind: 'words',
    against: [...words]
      .slice(0, MOST_WORDS)
      .map((word) => `+${word}`)
      .join(' '),
  };
}

function isIndexed(word: string): boolean {
  const { length } = word;
  return length >= SHORTEST_WORD && length <= LONGEST_WORD && !STOP_WORDS.has(word.toLowerCase());
}

/** The servers see no word in what is beyond the first 65,536 characters of Unicode. */
function withoutAstral(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, ' ');
}
