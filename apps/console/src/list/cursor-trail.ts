/**
 * Where a list is: its query in the URL, with the cursor, and the cursors of the pages before, in the history's state. The API's
 * cursors point forward only.
 */
export type ListPlace = { search: string; trail: readonly string[] };

/** Pages whose cursors are kept; further back, the first page is offered. */
const MAX_TRAIL = 200;

/** The place of the next page. */
export function nextPlace({ search, trail }: ListPlace, nextCursor: string): ListPlace {
  const here = new URLSearchParams(search).get('cursor') ?? '';
  return { search: withParams(search, { cursor: nextCursor }), trail: [...trail, here].slice(-MAX_TRAIL) };
}

/** The place of the previous page; the first page if the way here is unknown, as after a link; undefined on the first page. */
export function previousPlace({ search, trail }: ListPlace): ListPlace | undefined {
  if (!new URLSearchParams(search).has('cursor')) return undefined;
  return { search: withParams(search, { cursor: trail.at(-1) ?? '' }), trail: trail.slice(0, -1) };
}

/** The place with other filters: they begin at the first page. An empty value removes its filter. */
export function filteredPlace({ search }: ListPlace, filters: Readonly<Record<string, string>>): ListPlace {
  return { search: withParams(search, { ...filters, cursor: '' }), trail: [] };
}

/** The filters of a query: all but the cursor. */
export function filtersOf(search: string, names: readonly string[]): Record<string, string> {
  const all = [...new URLSearchParams(search)].filter(([name, value]) => names.includes(name) && value !== '');
  return Object.fromEntries(all);
}

/** The trail in a history entry's state, which an older version of the console may have written. */
export function trailOf(state: unknown): readonly string[] {
  const { trail } = (typeof state === 'object' && state !== null ? state : {}) as { trail?: unknown };
  return Array.isArray(trail) && trail.every((cursor) => typeof cursor === 'string') ? trail : [];
}

function withParams(search: string, params: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(params)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? '' : `?${next}`;
}
