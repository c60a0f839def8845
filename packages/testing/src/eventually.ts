import { sleep } from '@florin/runtime';

const MIN_TIMEOUT_MS = 30_000;

/**
 * Repeats `check` until it does not throw, and returns its result. Throws the last failure on timeout.
 *
 * @throws RangeError for a timeout below 30 s, which a busy machine exceeds without a fault
 */
export async function eventually<T>(
  check: () => Promise<T> | T,
  { timeoutMs = 45_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  if (timeoutMs < MIN_TIMEOUT_MS) throw new RangeError(`timeoutMs must be at least ${MIN_TIMEOUT_MS}: ${timeoutMs}`);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(everyMs);
    }
  }
}
