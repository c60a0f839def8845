import type { Knex } from 'knex';
import type { Term, TypedWord } from './search-query.ts';
import { findCorrections } from './spellings.ts';

/** Adds alternatives to a typed word: short words as beginnings, and the corrections of a longer one. */
export async function widenWord(db: Knex, { alternatives }: TypedWord): Promise<TypedWord> {
  const beginnings = alternatives
    .filter((terms) => terms.some(isShort))
    .map((terms) => terms.map((term) => asBeginning(term, terms)));
  const [[typed, further] = []] = alternatives;
  const isOne = typed !== undefined && further === undefined && typed.isBeginning;
  const corrections = isOne ? await findCorrections(db, typed.text) : [];
  return { alternatives: [...alternatives, ...beginnings, ...corrections.map((text) => [{ text, isBeginning: false }])] };
}

function isShort({ isBeginning }: Term): boolean {
  return !isBeginning;
}

/** One letter begins too many words to be the only condition. */
function asBeginning({ text }: Term, { length }: readonly Term[]): Term {
  return { text, isBeginning: text.length > 1 || length > 1 };
}
