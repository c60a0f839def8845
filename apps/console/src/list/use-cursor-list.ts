import { useGetList } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import type { ResourceName } from '../api/resources.ts';
import { filteredPlace, filtersOf, type ListPlace, nextPlace, previousPlace, trailOf } from './cursor-trail.ts';

export type CursorListOptions = {
  /** Names of the filters that the URL may have. */
  filters?: readonly string[];
  /** Parameters that the page always sends. */
  fixed?: Readonly<Record<string, string | number | boolean>>;
  /** Milliseconds between reads while the page is visible (default: none). */
  refetchInterval?: number;
};

export type CursorList<T> = {
  rows: readonly T[] | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => void;
  filters: Readonly<Record<string, string>>;
  setFilters(filters: Readonly<Record<string, string>>): void;
  /** Undefined on the last page. */
  toNext: (() => void) | undefined;
  /** Undefined on the first page. */
  toPrevious: (() => void) | undefined;
};

/** A page of a list. Filters and cursor are in the URL, so that a link shows the same rows and the browser's buttons work. */
export function useCursorList<T extends { id: string }>(resource: ResourceName, options: CursorListOptions = {}): CursorList<T> {
  const location = useLocation();
  const { search } = location;
  const navigate = useNavigate();
  const place: ListPlace = { search, trail: trailOf(location.state as unknown) };
  const filters = filtersOf(search, options.filters ?? []);
  const cursor = new URLSearchParams(search).get('cursor') ?? undefined;
  const answer = useGetList<T>(
    resource,
    { filter: { ...options.fixed, ...filters }, meta: { cursor } },
    { refetchInterval: options.refetchInterval ?? false },
  );
  const { nextCursor } = (answer.meta ?? {}) as { nextCursor?: string };
  const previous = previousPlace(place);
  const go = (next: ListPlace) => void navigate({ search: next.search }, { state: { trail: next.trail } });
  return {
    rows: answer.data,
    error: answer.error,
    isFetching: answer.isFetching,
    refetch: () => void answer.refetch(),
    filters,
    setFilters: (next) => go(filteredPlace(place, next)),
    toNext: nextCursor === undefined ? undefined : () => go(nextPlace(place, nextCursor)),
    toPrevious: previous === undefined ? undefined : () => go(previous),
  };
}
