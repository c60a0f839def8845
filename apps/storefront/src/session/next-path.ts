/** Where people go who sign in without a page to come back to. */
const HOME = '/';
/** Any origin does: only paths that stay on it are taken. */
const ORIGIN = 'https://florin.invalid';
const NOT_AGAIN: readonly string[] = ['/sign-in', '/sign-up'];

/**
 * Reads where to go after signing in. Anyone can write a link to `/sign-in?next=…`, so only paths of this origin are taken.
 *
 * @param next the parameter as it stands in the URL
 */
export function nextPath(next: string | null): string {
  if (next === null || !next.startsWith('/')) return HOME;
  if (!URL.canParse(next, ORIGIN)) return HOME;
  const url = new URL(next, ORIGIN);
  // Browsers read `//host` and `/\host` as another host, and `/.//host` becomes `//host`.
  if (url.origin !== ORIGIN || url.pathname.startsWith('//') || NOT_AGAIN.includes(url.pathname)) return HOME;
  return url.pathname + url.search + url.hash;
}

/** The address of a page of this app that leads on to `next`. */
export function withNext(page: string, next: string): string {
  return next === HOME ? page : `${page}?${new URLSearchParams({ next })}`;
}
