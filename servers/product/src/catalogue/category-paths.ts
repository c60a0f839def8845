import { query } from '@florin/database';
import type { Knex } from 'knex';

const SEPARATOR = '>';
/** The `parent_key` of categories at the top. */
export const TOP = Buffer.alloc(16);

/** The form in which `name_key` stores a name: compared by bytes, without case. */
export const NAME_KEY = 'LOWER(? COLLATE utf8mb4_unicode_ci) COLLATE utf8mb4_bin';

/**
 * Splits a path such as `Clothing > Shirts` into names. `\>` is a sign of a name, and `\\` a backslash.
 *
 * @returns undefined if a name is empty
 */
export function parsePath(text: string): string[] | undefined {
  const names = splitEscaped(text, SEPARATOR).map((name) => name.replaceAll(/\\([>;\\])/g, '$1').trim());
  return names.includes('') ? undefined : names;
}

/** Splits text at the separators that have no backslash before them. Keeps the backslashes. */
export function splitEscaped(text: string, separator: string): string[] {
  const parts = [''];
  for (const piece of text.match(/\\[>;\\]|./gsu) ?? []) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Reads the category at a path from the top. Reads one row per level. */
export async function readPath(db: Knex, names: readonly string[]): Promise<Buffer | undefined> {
  let at: Buffer = TOP;
  for (const name of names) {
    const [found] = await query<{ id: Buffer }>(db, `SELECT id FROM categories WHERE parent_key = ? AND name_key = ${NAME_KEY}`, [
      at,
      name,
    ]);
    if (found === undefined) return undefined;
    at = found.id;
  }
  return names.length === 0 ? undefined : at;
}
