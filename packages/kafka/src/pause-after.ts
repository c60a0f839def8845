const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 10_000;

/** How long a partition rests after a number of consecutive failures, in milliseconds: growing, with jitter. */
export function pauseAfter(failures: number): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), MAX_PAUSE_MS);
  return pauseMs * (0.75 + Math.random() / 2);
}
