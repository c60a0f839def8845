import { Degraded } from './health-check.ts';
import { faultOf, type Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { JobResult } from './periodic-job.ts';
import { sleep } from './sleep.ts';

/** A clock that the clock of this process is compared with. */
export type ClockSource = (typeof clockSources)[number];

const clockSources = ['database', 'broker'] as const;

/** Reads a remote clock, in milliseconds since 1970. */
export type ReadClock = () => Promise<number>;

export type ClockWatch = {
  /** Compares the clocks, waiting at most 2 s, and then repeats the comparison at intervals. */
  start(): Promise<void>;
  stop(): void;
  /**
   * For readiness. A clock that cannot be read passes.
   *
   * @throws Error while the clocks differ by more than `maxDifferenceMs`; Degraded if the own clock agrees with the other source, so that
   *   the clock of this source is wrong for all instances
   */
  check(source: ClockSource): void;
  /** Whether time-triggered work may run: the clocks agree, and the own clock was not set ahead in the last 5 minutes. */
  isReliable(): boolean;
  /** Wraps a periodic job's work: it runs only while the time is reliable. */
  whenReliable(work: () => Promise<JobResult>): () => Promise<JobResult>;
  /** The earliest and the latest possible current time, by all clocks. */
  earliestMs(): number;
  latestMs(): number;
};

export type ClockWatchOptions = {
  readers: Partial<Record<ClockSource, ReadClock>>;
  maxDifferenceMs: number;
  logger: Logger;
  metrics?: Metrics;
  everyMs?: number;
};

const EVERY_MS = 5_000;
const FIRST_WITHIN_MS = 2_000;
/** Time for an operator to correct a clock that was set ahead by mistake. Work that is due meanwhile can wait. */
const REST_AFTER_STEP_MS = 300_000;

/**
 * Bounds of a remote clock minus `performance.now()`, which nobody can set. The remote clock was read between request and
 * response, so a slow response widens the bounds and is no difference.
 */
type Reading = { minOffsetMs: number; maxOffsetMs: number };

/** Compares the clock of this process with those of the database and the broker, at the start and then every 5 s. */
export function watchClocks({ readers, maxDifferenceMs, logger, metrics, everyMs = EVERY_MS }: ClockWatchOptions): ClockWatch {
  const sources = Object.keys(readers) as ClockSource[];
  const readings = new Map<ClockSource, Reading>();
  const own = watchOwnClock(maxDifferenceMs, logger);
  let timer: NodeJS.Timeout | undefined;

  const read = async (source: ClockSource): Promise<void> => {
    const askedAt = performance.now();
    const timeMs = await readers[source]?.();
    // A remote time is in whole milliseconds, so the clock may be later by up to one.
    if (timeMs !== undefined)
      readings.set(source, { minOffsetMs: timeMs - performance.now(), maxOffsetMs: timeMs + 1 - askedAt });
  };
  const look = createLook({
    sources,
    read,
    onFailure: (source, error) => logger.debug('cannot read a clock', { source, ...faultOf(error) }),
  });
  const differenceMs = (source: ClockSource): number | undefined => {
    const reading = readings.get(source);
    return reading && nearestToZero(Date.now() - performance.now(), reading);
  };
  const isApart = (source: ClockSource): boolean => Math.abs(differenceMs(source) ?? 0) > maxDifferenceMs;
  const agrees = (source: ClockSource): boolean => readings.has(source) && !isApart(source);
  const times = (offset: keyof Reading): number[] => [...readings.values()].map((one) => one[offset] + performance.now());
  if (metrics !== undefined) exposeDifferences(metrics, { sources, differenceMs });

  const isReliable = (): boolean => !own.hasJustStepped() && !sources.some(isApart);
  return {
    async start() {
      timer = setInterval(() => {
        own.look();
        void look();
      }, everyMs).unref();
      await Promise.race([look(), sleep(FIRST_WITHIN_MS)]);
      for (const source of sources.filter(isApart)) logger.warn(describe(source, differenceMs(source) ?? 0, maxDifferenceMs));
    },
    stop: () => clearInterval(timer),
    check(source) {
      if (!isApart(source)) return;
      const fault = describe(source, differenceMs(source) ?? 0, maxDifferenceMs);
      throw sources.some((other) => other !== source && agrees(other)) ? new Degraded(fault) : new Error(fault);
    },
    isReliable,
    whenReliable: (work) => async () => (isReliable() ? work() : 'skipped'),
    earliestMs: () => Math.min(Date.now(), own.steadyMs(), ...times('minOffsetMs')),
    latestMs: () => Math.max(Date.now(), own.steadyMs(), ...times('maxOffsetMs')),
  };
}

/** The smallest possible difference between the own clock and the remote one. */
function nearestToZero(ownOffsetMs: number, { minOffsetMs, maxOffsetMs }: Reading): number {
  if (ownOffsetMs > maxOffsetMs) return ownOffsetMs - maxOffsetMs;
  return Math.min(0, ownOffsetMs - minOffsetMs);
}

const names: Record<ClockSource, string> = { database: "the database's", broker: "Kafka's" };

function describe(source: ClockSource, differenceMs: number, maxDifferenceMs: number): string {
  const seconds = (Math.abs(differenceMs) / 1000).toFixed(1);
  const bound = maxDifferenceMs / 1000;
  return `The clock of this instance is ${seconds} s ${differenceMs > 0 ? 'ahead of' : 'behind'} ${names[source]}; at most ${bound} s are allowed.`;
}

type Look = {
  sources: readonly ClockSource[];
  read(source: ClockSource): Promise<void>;
  onFailure(source: ClockSource, error: unknown): void;
};

/** Reads each clock separately, and not again before it has answered. */
function createLook({ sources, read, onFailure }: Look): () => Promise<unknown> {
  const asked = new Map<ClockSource, Promise<void>>();
  const ask = (source: ClockSource): Promise<void> => {
    const asking =
      asked.get(source) ??
      read(source)
        .catch((error: unknown) => onFailure(source, error))
        .finally(() => asked.delete(source));
    asked.set(source, asking);
    return asking;
  };
  return () => Promise.all(sources.map(ask));
}

/** Compares the own clock with monotonic time. */
function watchOwnClock(maxStepMs: number, logger: Logger) {
  const offset = (): number => Date.now() - performance.now();
  const startOffsetMs = offset();
  let lastOffsetMs = startOffsetMs;
  let steppedAt = Number.NEGATIVE_INFINITY;
  const look = (): void => {
    const stepMs = Math.round(offset() - lastOffsetMs);
    lastOffsetMs += stepMs;
    if (Math.abs(stepMs) <= maxStepMs) return;
    logger.warn('the clock of this instance was set', { byMs: stepMs });
    if (stepMs > 0) steppedAt = performance.now();
  };
  return {
    look,
    hasJustStepped(): boolean {
      look();
      return performance.now() - steppedAt < REST_AFTER_STEP_MS;
    },
    /** The current time as if the clock had never been set. */
    steadyMs: (): number => startOffsetMs + performance.now(),
  };
}

type Exposed = { sources: readonly ClockSource[]; differenceMs(source: ClockSource): number | undefined };

function exposeDifferences(metrics: Metrics, { sources, differenceMs }: Exposed): void {
  metrics.gauge(
    'florin_clock_difference_seconds',
    "The clock of this instance minus the database's or the broker's; 0 while the difference is less than an answer takes",
    { to: clockSources },
    {
      collect(gauge) {
        for (const to of sources) {
          const difference = differenceMs(to);
          if (difference !== undefined) gauge.set({ to }, difference / 1000);
        }
      },
    },
  );
}
