/** What is known of the user who chooses the password. */
export type PasswordOwner = { email?: string | undefined; name?: string | null | undefined };

const MIN_WORD_LENGTH = 4;
const SERVICE = 'florin';
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/u;
const NO_LETTER = /[^\p{L}]+/u;

/**
 * Lists the words of four letters and more that an attacker knows of a user, the longest first: the e-mail address, its parts,
 * the parts of the name, and the name of this service. All in lower case.
 */
export function ownWords({ email = '', name }: PasswordOwner): string[] {
  const texts = [SERVICE, email, email.split('@')[0] ?? '', name ?? ''].map((text) => text.normalize('NFKC').toLowerCase());
  const parts = texts.flatMap((text) => [text, ...text.split(NEITHER_LETTER_NOR_DIGIT), ...text.split(NO_LETTER)]);
  const words = parts.map((part) => part.trim()).filter((part) => part.length >= MIN_WORD_LENGTH);
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/** Returns the text without these words, in any case. */
export function withoutWords(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  // Some capitals have more characters in lower case, so that positions would differ.
  let rest = lower.length === text.length ? text : lower;
  for (const word of words) rest = without(rest, word);
  return rest;
}

function without(text: string, word: string): string {
  const pieces = text.toLowerCase().split(word);
  if (pieces.length === 1) return text;
  let position = 0;
  return pieces
    .map((piece) => {
      const kept = text.slice(position, position + piece.length);
      position += piece.length + word.length;
      return kept;
    })
    .join('');
}
