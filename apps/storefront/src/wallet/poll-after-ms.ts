const OFTEN_MS = 2_000;
const SELDOM_MS = 30_000;
const OFTEN_COUNT = 30;

/** When to ask again for what is undecided: every 2 s for the first minute, then every 30 s. @param count answers so far */
export function pollAfterMs(count: number): number {
  return count < OFTEN_COUNT ? OFTEN_MS : SELDOM_MS;
}
