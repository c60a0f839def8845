import { setTimeout as wait } from 'node:timers/promises';

/** Repeats the check until it passes. Throws its last failure on timeout. */
export async function eventually(check: () => unknown, timeoutMs = 45_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await wait(10);
    }
  }
}
