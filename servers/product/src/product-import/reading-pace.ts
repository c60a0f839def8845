import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of work on records, their validation included, after which other requests get their turn. */
export const MAX_TURN_MS = 2;
/** The share of a busy event loop that all files together may use. */
const MAX_SHARE = 0.2;
/** The clock also counts the time in which the process does not run. */
const MAX_COUNTED_MS = 25;
/** A timer is not more exact. */
const MIN_REST_MS = 1;
/** The event loop is busy if others use more than this share of it. */
const BUSY_SHARE = 0.1;
/** Milliseconds over which the use by others is measured. */
const WINDOW_MS = 10;
/** A longer measurement says nothing about the present. */
const MAX_WINDOW_MS = 1_000;

/** The event loop and its clocks, in milliseconds. */
export type EventLoop = {
  now(): number;
  /** The sum of the times in which the loop had nothing to do. */
  idle(): number;
  nextTurn(): Promise<void>;
  sleep(ms: number): Promise<unknown>;
};

export type ReadingPace = {
  /** Starts the work of a file. */
  open(): Turns;
};

/** The work on one file, in turns. */
export type Turns = {
  begin(): void;
  /** True after `MAX_TURN_MS`: end the turn. */
  isOver(): boolean;
  /** Ends the turn, if there is one, and gives others theirs. */
  end(): Promise<void>;
  /** Runs work that mostly waits, such as a transaction, between two turns. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work that mostly waits while turns go on. */
  beside<T>(work: () => Promise<T>): Promise<T>;
  /** Whether turns may go on beside the work of the file: nobody else has used the loop lately. */
  mayGoOn(): boolean;
};

const nodesLoop: EventLoop = {
  now: () => performance.now(),
  idle: () => performance.eventLoopUtilization().idle,
  nextTurn,
  sleep,
};

/**
 * Paces the reading of all files of this process. While others use the event loop, files rest after each turn, and together have at
 * most a fifth of the loop. While nobody else does, they are read at full speed. Without a recent measurement the loop counts as busy.
 *
 * The use by others is measured only while no file has a transaction: its work cannot be told from that of others.
 */
export function createReadingPace(loop: EventLoop = nodesLoop): ReadingPace {
  const { isBusy, isQuiet, pause, resume } = createBusyness(loop);
  /** The time until which the files have used their share. */
  let usedUntil = 0;

  const makeWay = async (workedMs: number): Promise<void> => {
    if (!isBusy(workedMs)) return loop.nextTurn();
    const now = loop.now();
    const countedMs = Math.min(workedMs, MAX_COUNTED_MS);
    usedUntil = Math.max(usedUntil, now - countedMs) + countedMs / MAX_SHARE;
    if (usedUntil - now < MIN_REST_MS) return loop.nextTurn();
    await loop.sleep(usedUntil - now);
  };

  return {
    open() {
      let startedAt: number | undefined;
      const turns: Turns = {
        begin() {
          startedAt = loop.now();
        },
        isOver: () => startedAt !== undefined && loop.now() - startedAt >= MAX_TURN_MS,
        async end() {
          if (startedAt === undefined) return;
          const workedMs = loop.now() - startedAt;
          startedAt = undefined;
          await makeWay(workedMs);
        },
        async between(work) {
          await turns.end();
          try {
            return await turns.beside(work);
          } finally {
            turns.begin();
          }
        },
        async beside(work) {
          pause();
          try {
            return await work();
          } finally {
            resume();
          }
        },
        mayGoOn: isQuiet,
      };
      return turns;
    },
  };
}

type Busyness = {
  /** Whether others use the loop, after a turn with this work. */
  isBusy(workedMs: number): boolean;
  /** Whether the loop was not busy when it was measured last, which is not long ago. */
  isQuiet(): boolean;
  /** Ends the measurement until as many calls of `resume`. */
  pause(): void;
  resume(): void;
};

function createBusyness(loop: EventLoop): Busyness {
  let isBusy = true;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let paused = 0;
  const measureFrom = () => ({ startedAt: loop.now(), measuredMs: 0, usedMs: 0, workedMs: 0 });
  let window = measureFrom();
  let mark = { now: loop.now(), idle: loop.idle() };

  /** Adds the time since the last mark to the window, unless it is paused. */
  const pass = (): void => {
    const next = { now: loop.now(), idle: loop.idle() };
    if (paused === 0) {
      window.measuredMs += next.now - mark.now;
      window.usedMs += next.now - mark.now - (next.idle - mark.idle);
    }
    mark = next;
  };

  return {
    isBusy(workedMs) {
      pass();
      if (paused === 0) window.workedMs += workedMs;
      const { startedAt, measuredMs, usedMs } = window;
      if (measuredMs < WINDOW_MS && loop.now() - startedAt <= MAX_WINDOW_MS) return isBusy;
      isBusy = loop.now() - startedAt > MAX_WINDOW_MS || usedMs - window.workedMs > measuredMs * BUSY_SHARE;
      window = measureFrom();
      measuredAt = window.startedAt;
      return isBusy;
    },
    isQuiet: () => !isBusy && loop.now() - measuredAt < MAX_WINDOW_MS,
    pause() {
      pass();
      paused++;
    },
    resume() {
      pass();
      paused--;
    },
  };
}
