import { sleep } from '@florin/runtime';

/** Repeats `check` until it does not throw, and returns its result. Throws the last failure on timeout. */
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
