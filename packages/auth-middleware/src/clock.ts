/**
 * The possible range of the current time, because clocks may be wrong. Expiry uses the earliest possible time, and validity the
 * latest.
 */
export type Clock = { earliestMs(): number; latestMs(): number };

/**
 * The clock of this process, which may be set while it runs: the current time is either what the clock says, or the start time
 * plus the time elapsed since.
 */
export function steadyClock(): Clock {
  const startedMs = Date.now() - performance.now();
  const passedMs = (): number => startedMs + performance.now();
  return {
    earliestMs: () => Math.min(Date.now(), passedMs()),
    latestMs: () => Math.max(Date.now(), passedMs()),
  };
}
