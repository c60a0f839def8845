/** Letters that Unicode does not decompose, with their spelling on a keyboard without them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const ASCII = /^[\x20-\x7E]*$/;
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * Folds text for comparison: lower case, without accents, full-width and other compatibility forms as plain ones (NFKD of Unicode
 * Standard Annex 15). Only the combining diacritics U+0300 to U+036F are accents. The marks of kana, Hangul, Thai and other scripts
 * distinguish letters, so they stay.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}
