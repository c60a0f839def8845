export type ShiftedClock = {
  /** From now on `Date` is ahead of the machine's clock by so much; behind it where this is negative. */
  set(offsetMs: number): void;
  restore(): void;
};

/**
 * Moves the wall clock of this process, as somebody does who sets the time of its machine. It goes on ticking; timers and
 * `performance.now()`, which no one can set, stay as they are.
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
