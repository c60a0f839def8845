import { sleep } from '@florin/runtime';

/**
 * Tries until `check` no longer throws, and returns what it returned. Throws the last failure when the time is over.
 */
export async function eventually<T>(
  check: () => Promise<T> | T,
  { timeoutMs = 45_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
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
