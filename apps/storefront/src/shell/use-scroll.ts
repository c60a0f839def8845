import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

const KEY = 'florin.scroll';
const MAX_KEPT = 50;
/** A page whose data come late grows for a while. */
const RESTORE_FOR_MS = 3_000;

/**
 * Scrolls to the top on a new page. After "back" it returns to where the reader was, as soon as the page is long enough.
 *
 * @returns the key of the visit, and whether it followed another page of the app
 */
export function useScroll(): { key: string; hasNavigated: boolean } {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const first = useRef(key);
  const shown = useRef<string | undefined>(undefined);

  useEffect(() => {
    history.scrollRestoration = 'manual';
    const keep = () => keepPosition(key, window.scrollY);
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, [key]);

  useLayoutEffect(() => {
    if (type === 'POP') return restoreScroll(positions()[key] ?? 0);
    // A filter in the URL is the same page.
    if (shown.current !== pathname) window.scrollTo(0, 0);
    shown.current = pathname;
    return undefined;
  }, [key, type, pathname]);

  return { key, hasNavigated: key !== first.current };
}

function restoreScroll(top: number): () => void {
  const until = performance.now() + RESTORE_FOR_MS;
  let frame = 0;
  const attempt = () => {
    window.scrollTo(0, top);
    if (Math.abs(window.scrollY - top) > 1 && performance.now() < until) frame = requestAnimationFrame(attempt);
  };
  const stop = () => cancelAnimationFrame(frame);
  attempt();
  window.addEventListener('wheel', stop, { once: true, passive: true });
  window.addEventListener('touchmove', stop, { once: true, passive: true });
  return stop;
}

function positions(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

function keepPosition(key: string, top: number): void {
  const { [key]: _, ...others } = positions();
  const kept = Object.entries(others).slice(1 - MAX_KEPT);
  sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries([...kept, [key, Math.round(top)]])));
}
