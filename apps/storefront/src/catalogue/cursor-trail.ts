/** The cursors of the pages before this one, the first page's as an empty text. Kept in the history's state. */
export type Trail = readonly string[];

/** Beyond it the oldest are dropped, and "first page" takes their place. */
export const MAX_TRAIL = 500;

/** Reads a history entry's state, which an older version of the shop may have written. */
export function readTrail(state: unknown): Trail {
  const trail = typeof state === 'object' && state !== null && 'trail' in state ? state.trail : undefined;
  return Array.isArray(trail) && trail.every((cursor) => typeof cursor === 'string') ? trail.slice(-MAX_TRAIL) : [];
}

/** The trail of the next page. */
export function nextTrail(trail: Trail, cursor: string | undefined): Trail {
  return [...trail, cursor ?? ''].slice(-MAX_TRAIL);
}

/** The page before this one: its cursor and its trail. A page that was opened by its address knows none. */
export function previousPage(trail: Trail): { cursor: string | undefined; trail: Trail } | undefined {
  const cursor = trail.at(-1);
  return cursor === undefined ? undefined : { cursor: cursor === '' ? undefined : cursor, trail: trail.slice(0, -1) };
}
