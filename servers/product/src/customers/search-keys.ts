import { foldText } from '../search/index.ts';

/** Maximum number of bytes of a key. The rest is left out. */
const MAX_BYTES = 255;
/** Shorter beginnings have too many contacts to be useful. */
export const MIN_TYPED_LENGTH = 2;

/**
 * Returns the keys of a contact. Staff find it by the beginning of a key: of the name or one of its words, of the e-mail address from
 * any character before the @, or of a part of the domain. So half an address finds it, from the beginning or from the middle.
 * At most 64 keys are of the part before the @.
 */
export function searchKeysOf({ email, name }: { email: string; name: string | null }): string[] {
  const keys = [...endingsOfEmail(foldText(email)), ...(name === null ? [] : endingsOfName(typedKey(name)))];
  return [
    ...new Set(
      keys
        .filter((key) => key.length >= MIN_TYPED_LENGTH)
        .map(cut)
        .map(asStored),
    ),
  ];
}

/** Folds what staff type, as the keys are. */
export function typedKey(text: string): string {
  return cut(foldText(text).trim().replaceAll(/\s+/g, ' '));
}

function endingsOfEmail(email: string): string[] {
  const at = email.lastIndexOf('@');
  const characters = Array.from(email.slice(0, at));
  const domain = email.slice(at);
  const local = characters.slice(0, 64).map((_, start) => characters.slice(start).join('') + domain);
  return [...local, ...endingsAfter(domain, /[@.-]/g)];
}

function endingsOfName(name: string): string[] {
  return [name, ...endingsAfter(name, /[ '’.-]/g)];
}

function endingsAfter(text: string, separator: RegExp): string[] {
  return [...text.matchAll(separator)].map(({ index }) => text.slice(index + 1));
}

/** Half a surrogate pair is stored as U+FFFD. */
function asStored(key: string): string {
  return Buffer.from(key).toString();
}

/** Cuts between two characters. */
function cut(key: string): string {
  if (Buffer.byteLength(key) <= MAX_BYTES) return key;
  let bytes = 0;
  let kept = '';
  for (const character of key) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) break;
    kept += character;
  }
  return kept;
}
