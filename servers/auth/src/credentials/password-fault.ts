import { type MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { demoAccounts } from '../demo-accounts.ts';
import { ownWords, type PasswordOwner, withoutWords } from './own-words.ts';

export const MIN_PASSWORD_LENGTH = 8;

/** 49,233 passwords that leaked most often, and 7,776 words of passphrases, in lower case. Both lists come with the library. */
export const passwordLists = { passwords: dictionary['passwords-common'], words: dictionary['diceware-common'] };

/**
 * Number of guesses that a password must be worth. Eight random digits are worth more, the lists with a digit or two are not; the
 * limits on wrong passwords allow far fewer.
 */
const MIN_GUESSES = 10_000_000;
/** The estimate takes more than linear time: this many characters, at each end, and this many substitutions (3 for e) take at most 3 ms. */
const MAX_CHECKED = 32;
const MAX_SUBSTITUTIONS = 5;

const estimator = new ZxcvbnFactory({
  graphs: adjacencyGraphs,
  dictionary: { passwords: passwordLists.passwords, words: passwordLists.words },
  maxLength: MAX_CHECKED,
  l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
});
const publicPasswords: ReadonlySet<string> = new Set(Object.values(demoAccounts).map(({ password }) => password));

/**
 * Says why a new password is too easy to guess, as the end of a sentence that begins with the field's name; undefined if it is
 * not. Follows NIST SP 800-63B: there are no rules of composition, but lists of common passwords and words, keyboard walks,
 * repetitions, sequences, dates, and the user's own words. The user's own words may occur if the rest is good by itself.
 */
export function passwordFault(password: string, owner: PasswordOwner = {}): string | undefined {
  const text = password.normalize('NFKC');
  if (publicPasswords.has(text)) return 'is published with the source code: choose another';
  const words = ownWords(owner);
  const rest = withoutWords(text, words);
  if (rest !== text && (rest.length < MIN_PASSWORD_LENGTH || guessesOf(rest).guesses < MIN_GUESSES))
    return `has little else than a word of your name, your e-mail address or this service: add at least ${MIN_PASSWORD_LENGTH} other characters`;
  const { guesses, sequence } = guessesOf(text, words);
  return guesses < MIN_GUESSES ? `${reasonOf(sequence)}: choose another` : undefined;
}

/** Estimates the better end of a long password: text that is easy to guess does not spoil the rest. */
function guessesOf(text: string, words: readonly string[] = []): { guesses: number; sequence: MatchExtended[] } {
  const head = estimator.check(text.slice(0, MAX_CHECKED), [...words]);
  if (text.length <= MAX_CHECKED || head.guesses >= MIN_GUESSES) return head;
  return estimator.check(text.slice(-MAX_CHECKED), [...words]);
}

const reasons: Readonly<Record<string, string>> = {
  spatial: 'follows keys of the keyboard',
  repeat: 'repeats itself',
  sequence: 'is a sequence of characters',
  date: 'is a date',
  regex: 'is a year',
};

/** Names the longest part that is easy to guess. */
function reasonOf(sequence: readonly MatchExtended[]): string {
  const [longest] = sequence.filter(({ pattern }) => pattern !== 'bruteforce').sort((a, b) => b.token.length - a.token.length);
  if (longest === undefined) return 'is too short for how few different characters it has';
  if (longest.pattern !== 'dictionary') return reasons[longest.pattern] ?? 'is easy to guess';
  return sequence.length === 1 ? 'is one of the most common passwords' : 'is a common password or word with little added';
}
