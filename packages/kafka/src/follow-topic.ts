import { setTimeout as wait } from 'node:timers/promises';
import type { Following, FollowOptions, Message } from '@florin/messaging';
import { faultOf, type Logger, sleep } from '@florin/runtime';
import type { BrokerClock } from './broker-clock.ts';

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** Maximum time for reading the messages that were in the topic at the start. Then it starts again. */
const CATCH_UP_WITHIN_MS = 30_000;
/**
 * Maximum time for ending a session, so that an unresponsive broker does not delay the end of the process. The broker cleans up
 * by itself.
 */
const STOP_WITHIN_MS = 3_000;

/** The next offset of each partition. */
export type Positions = Map<number, string>;

/** The first offset of each partition since a point in time, and its current range. */
export type TopicBounds = { starts: Positions; lows: Positions; ends: Positions };

export type Reading = {
  /** Where to start each partition. */
  positions: ReadonlyMap<number, string>;
  signal: AbortSignal;
  /** Gets messages of one partition, in order, and the offset after them. */
  onMessages(messages: readonly Message[], place: { partition: number; next: string }): Promise<void>;
  /** Called after each fetch, also after one without messages. */
  onFetch(): void;
};

/** How a driver reads the topic of one follower. */
export type Follower = {
  /** @param sinceMs milliseconds since 1970 */
  bounds(sinceMs: number): Promise<TopicBounds>;
  /** Reads on until the signal aborts. Rejects when the connection is lost. */
  read(reading: Reading): Promise<void>;
  /** Cleans up after the last session. */
  end?(): Promise<void>;
};

type Driver = Follower & { logger: Logger; clock: BrokerClock };

/**
 * Reads a topic for one instance alone. No offset is committed. A lost connection ends a session, and the next session continues
 * where the last one stopped.
 */
export function followTopic(driver: Driver, options: FollowOptions): Following {
  const stopping = new AbortController();
  const positions: Positions = new Map();
  let hasCaughtUp = false;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let trouble = 'not read to the end yet';
  const onCaughtUp = (): void => {
    hasCaughtUp = true;
    readAtMs = performance.now();
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      const startedAt = performance.now();
      try {
        await followOnce(driver, options, { positions, onCaughtUp, signal: stopping.signal });
      } catch (error) {
        trouble = (error as Error).message;
        driver.logger.warn('cannot follow a topic, will try again', { topic: options.topic, ...faultOf(error) });
      }
      if (performance.now() - startedAt > MAX_PAUSE_MS * 2) failures = 0;
      await sleep(Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS) * (0.75 + Math.random() / 2), stopping.signal);
    }
  };
  const running = run();

  return {
    check() {
      if (!hasCaughtUp) throw new Error(`${options.topic}: ${trouble}`);
    },
    ageMs: () => performance.now() - readAtMs,
    async stop() {
      stopping.abort();
      await Promise.race([running.then(() => driver.end?.()), sleep(STOP_WITHIN_MS)]);
    },
  };
}

/** `onCaughtUp`: called when the session has read to the end, and then after each fetch. */
type Session = { positions: Positions; onCaughtUp(): void; signal: AbortSignal };

/** Resolves when stopped; rejects when the connection is lost. */
async function followOnce(driver: Driver, options: FollowOptions, session: Session): Promise<void> {
  const over = new AbortController();
  const stop = (): void => over.abort();
  session.signal.addEventListener('abort', stop, { once: true });
  try {
    await readOn(driver, options, { ...session, signal: over.signal });
  } finally {
    session.signal.removeEventListener('abort', stop);
    over.abort();
  }
}

async function readOn(driver: Driver, options: FollowOptions, session: Session): Promise<void> {
  const { positions, signal } = session;
  const { starts, lows, ends } = await driver.bounds((await brokersTime(driver.clock)) - options.sinceMs);
  for (const [partition, offset] of starts) {
    const position = positions.get(partition);
    // Expired messages are too old to matter. A topic that was created anew is read from its first message.
    const isThere = position !== undefined && isWithin(position, lows.get(partition), ends.get(partition));
    if (!isThere) positions.set(partition, offset);
  }
  const caughtUp = untilReached(session, ends);
  caughtUp.look();
  const tooLate = new AbortController();
  const reading = driver.read({
    positions: new Map(positions),
    signal: AbortSignal.any([signal, tooLate.signal]),
    async onMessages(messages, { partition, next }) {
      await options.onMessages(messages, partition);
      positions.set(partition, next);
      caughtUp.look();
    },
    onFetch: caughtUp.fetched,
  });
  caughtUp.orTooLate.catch(() => tooLate.abort());
  await reading;
  await caughtUp.orTooLate;
}

/** Reads the broker's time, because messages carry it. By a fast local clock all of them would seem too old. */
async function brokersTime(clock: BrokerClock): Promise<number> {
  return clock.nowMs() ?? (await clock.read().catch(() => Date.now()));
}

function isWithin(position: string, low = '0', end = '0'): boolean {
  return BigInt(position) >= BigInt(low) && BigInt(position) <= BigInt(end);
}

type CaughtUp = {
  look(): void;
  fetched(): void;
  /** Resolves when the end was reached or the session ends. Rejects if that takes too long. */
  orTooLate: Promise<void>;
};

function untilReached({ positions, onCaughtUp, signal }: Session, ends: Positions): CaughtUp {
  const reached = new AbortController();
  const isThere = (): boolean => [...ends].every(([partition, end]) => BigInt(positions.get(partition) ?? '0') >= BigInt(end));
  const either = AbortSignal.any([reached.signal, signal]);
  const orTooLate = wait(CATCH_UP_WITHIN_MS, undefined, { signal: either }).then(
    () => {
      throw new Error(`the end was not reached within ${CATCH_UP_WITHIN_MS} ms`);
    },
    () => {},
  );
  return {
    look() {
      if (reached.signal.aborted || !isThere()) return;
      reached.abort();
      onCaughtUp();
    },
    fetched() {
      if (reached.signal.aborted) onCaughtUp();
    },
    orTooLate,
  };
}
