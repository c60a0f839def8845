export const MAX_SLUG_LENGTH = 100;
/** Accents of Latin, Greek and Cyrillic letters. Other scripts keep their marks, which make other letters. */
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * Makes a slug from a name: accents are removed, capitals become small, and everything but letters and digits becomes a hyphen.
 *
 * @param maxLength in UTF-16 units
 * @returns an empty text if the name has no letter or digit
 */
export function slugOf(name: string, { maxLength = MAX_SLUG_LENGTH }: { maxLength?: number } = {}): string {
  const words =
    name
      .normalize('NFKD')
      .replaceAll(ACCENTS, '')
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const text = words.join('-').normalize('NFC');
  // Cut between characters, so that no half of a surrogate pair and no hyphen is left at the end.
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > maxLength) break;
    cut += character;
  }
  return cut.replace(/-$/, '');
}
