import { slugOf } from './slug-of.ts';

const MAX_LENGTH = 60;
const SUFFIX_LENGTH = 8;
/** For a name without a letter or digit. */
const NAMELESS = 'category';

/**
 * The slugs of categories with the same parent, by id: the segments of their addresses in the shop. The oldest category of a slug
 * has it alone; the end of the id follows the slug of the others.
 */
export function categorySlugs(siblings: readonly { id: string; name: string }[]): Map<string, string> {
  const taken = new Set<string>();
  const slugs = new Map<string, string>();
  for (const { id, name } of siblings.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const base = slugOf(name, { maxLength: MAX_LENGTH }) || NAMELESS;
    slugs.set(id, taken.has(base) ? `${base}-${id.slice(-SUFFIX_LENGTH)}` : base);
    taken.add(base);
  }
  return slugs;
}
