import { createHmac, timingSafeEqual } from 'node:crypto';
import { badCursor } from './cursor.ts';

/** The list that a cursor belongs to: its path, and every parameter that decides which rows it has and in what order. */
export type CursorScope = { path: string; query: Readonly<Record<string, unknown>> };

export type CursorSeal = {
  /** Seals a cursor for a client. */
  seal(cursor: string, scope: CursorScope): string;
  /**
   * Opens a sealed cursor.
   *
   * @throws AppError VALIDATION_FAILED (422) if it was not sealed for this list with this key
   */
  open(sealed: string, scope: CursorScope): string;
};

/** 128 bits, so that the cursor stays short (RFC 2104, section 5, allows half of the hash). */
const SEAL_BYTES = 16;
/** Parameters that select a page, not the list. */
const PLACE = new Set(['cursor', 'page', 'limit']);

/**
 * Creates a seal for cursors (HMAC-SHA256), so that clients cannot forge a cursor or use it with another list, sort or filter.
 *
 * @param key the same in all instances of a service; a new key invalidates all cursors
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
      const isWellFormed = given.length === SEAL_BYTES && given.toString('base64url') === seal;
      if (more.length > 0 || !isWellFormed || !timingSafeEqual(given, sealOf(cursor, scope))) throw badCursor();
      return cursor;
    },
  };
}

/** Writes a list's scope in canonical form, whatever the order of its parameters. */
function canonical({ path, query }: CursorScope): unknown {
  const filters = Object.entries(query).filter(([name, value]) => !PLACE.has(name) && value !== undefined);
  return [path, filters.sort(([a], [b]) => (a < b ? -1 : 1))];
}
