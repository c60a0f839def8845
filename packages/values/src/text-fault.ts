type TextOptions = { hasLines: boolean };

/** Control characters, and the two separators that end a line. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** The same, but for the two that a text of several lines is laid out with. */
const CONTROL_IN_LINES = /(?![\n\t])\p{Cc}/u;
/**
 * Invisible format characters: zero-width spaces, soft hyphens, marks and overrides of direction, tags. Joiners are left, which
 * Persian, Indic scripts and emoji are written with, and the visible signs of Arabic and Syriac.
 */
const FORMAT = /(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])\p{Cf}/u;
/** Embeddings, overrides and isolates of direction, which make a text look like another. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;
/** Flags such as Scotland's are spelled with tags behind a black flag. */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,16}\u{e007f}/gu;
const SURROGATE = /\p{Cs}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Says why a text cannot be taken, as the end of a sentence that begins with the field's name; undefined where it can be taken.
 *
 * Text is well-formed Unicode without control characters. One line also has no invisible format characters, since it names
 * things: two names that look the same should be the same.
 *
 * @param options `hasLines`: line feeds and tabs are allowed, and format characters except those that change the direction
 */
export function textFault(text: string, { hasLines }: TextOptions): string | undefined {
  if (SURROGATE.test(text)) return 'must be well-formed Unicode (it has half of a surrogate pair)';
  const control = (hasLines ? CONTROL_IN_LINES : CONTROL).exec(text)?.[0];
  if (control !== undefined)
    return `must not have control characters${hasLines ? '' : ' or line breaks'} (it has ${nameOf(control)})`;
  const format = (hasLines ? DIRECTION : FORMAT).exec(text.replaceAll(TAGGED_FLAG, ''))?.[0];
  if (format !== undefined) return `must not have invisible format characters (it has ${nameOf(format)})`;
  return hasLines || VISIBLE.test(text) ? undefined : 'must have a visible character';
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
