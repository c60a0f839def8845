import { createHmac, timingSafeEqual } from 'node:crypto';
import { badCursor } from './cursor.ts';

/** Which list a cursor belongs to: its path, and every parameter that decides which rows it has and in what order. */
export type CursorScope = { path: string; query: Readonly<Record<string, unknown>> };

export type CursorSeal = {
  /** What a client gets for a cursor of this list. */
  seal(cursor: string, scope: CursorScope): string;
  /** @throws AppError VALIDATION_FAILED for what was not sealed for this very list, with this key */
  open(sealed: string, scope: CursorScope): string;
};

/** A forger has to guess 128 bits, and the cursor stays short (RFC 2104, section 5, allows half of the hash). */
const SEAL_BYTES = 16;
/** Where one is in the list, not which list it is. */
const PLACE = new Set(['cursor', 'page', 'limit']);

/**
 * Seals cursors with HMAC-SHA256, so that a client can neither make one up nor take one to another list, sort or filter.
 *
 * @param key the same in all instances of a service; who changes it ends the pages that are being read
 * @example
 *   const cursors = createCursorSeal(key);
 *   const sealed = cursors.seal(page.nextCursor, { path: '/v1/books', query: { sort: 'title' } });
 *   cursors.open(sealed, { path: '/v1/books', query: { sort: 'newest' } }); // throws
 */
export function createCursorSeal(key: string | Buffer): CursorSeal {
  const sealOf = (cursor: string, scope: CursorScope): Buffer =>
    createHmac('sha256', key)
      .update(`${JSON.stringify(canonical(scope))}\n${cursor}`)
      .digest()
      .subarray(0, SEAL_BYTES);
  return {
    seal: (cursor, scope) => `${cursor}.${sealOf(cursor, scope).toString('base64url')}`,
    open(sealed, scope) {
      const [cursor = '', seal = '', ...more] = sealed.split('.');
      const given = Buffer.from(seal, 'base64url');
      const isOurs = given.length === SEAL_BYTES && given.toString('base64url') === seal;
      if (more.length > 0 || !isOurs || !timingSafeEqual(given, sealOf(cursor, scope))) throw badCursor();
      return cursor;
    },
  };
}

/** The same text for the same list, in whatever order its parameters came. */
function canonical({ path, query }: CursorScope): unknown {
  const filters = Object.entries(query).filter(([name, value]) => !PLACE.has(name) && value !== undefined);
  return [path, filters.sort(([a], [b]) => (a < b ? -1 : 1))];
}
