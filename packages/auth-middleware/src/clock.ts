/**
 * The time, where a clock may be wrong. What must not be forgotten too early goes by the earliest that the time may be, what may
 * not be believed goes by the latest.
 */
export type Clock = { earliestMs(): number; latestMs(): number };

/** Of a clock that may be set while the process runs: it is now either what it says, or what it said at first and has passed since. */
export function steadyClock(): Clock {
  const startedMs = Date.now() - performance.now();
  const passedMs = (): number => startedMs + performance.now();
  return {
    earliestMs: () => Math.min(Date.now(), passedMs()),
    latestMs: () => Math.max(Date.now(), passedMs()),
  };
}
