export type ShiftedClock = {
  /** Sets the difference of `Date` from the machine's clock, in milliseconds; negative: behind. */
  set(offsetMs: number): void;
  restore(): void;
};

/**
 * Moves the wall clock of this process, as if the machine's time were set. The clock keeps running. Timers and
 * `performance.now()`, which nobody can set, are unaffected.
 */
export function shiftClock(offsetMs = 0): ShiftedClock {
  const real = globalThis.Date;
  let offset = offsetMs;
  const now = (): number => real.now() + offset;
  globalThis.Date = new Proxy(real, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as Date,
    apply: () => new real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
  return {
    set(to) {
      offset = to;
    },
    restore() {
      globalThis.Date = real;
    },
  };
}
