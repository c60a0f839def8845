import type { StartPosition, SubscribeOptions } from '@florin/messaging';
import type { PausedTopics } from './paused-topics.ts';

/** What the sessions of every driver need besides their client. */
export type SessionOptions = {
  prefix: string;
  sessionTimeoutMs: number;
  /** @throws OffsetGapError */
  readStartPositions(): Promise<StartPosition[]>;
};

export type Session = {
  options: SubscribeOptions;
  signal: AbortSignal;
  pausedTopics: PausedTopics;
  /** Consecutive failures of each partition, across sessions. */
  failures: Map<string, number>;
  /** Batches being handled; `stop` waits for them. */
  underWay: Set<Promise<void>>;
  onJoined(): void;
  /** Called when a batch has been handled and its offset committed. */
  onProgress(): void;
};

/** How one session ends. */
export type Ending = {
  /** Resolves when the session is stopped; rejects with the error that ended it. */
  reached: Promise<void>;
  /** Aborted when the session ends. */
  signal: AbortSignal;
  /** Ends the session, with an error unless it was stopped. */
  reach(error?: Error): void;
};

/** Creates the ending of a session, which is reached at the latest when the subscription is stopped. */
export function createEnding(stopped: AbortSignal): Ending {
  const over = new AbortController();
  let reach: Ending['reach'] = () => {};
  const reached = new Promise<void>((resolve, reject) => {
    reach = (error) => {
      over.abort();
      if (error === undefined) resolve();
      else reject(error);
    };
  });
  // The failure is thrown where it is awaited. Until then it must not count as unhandled.
  reached.catch(() => {});
  stopped.addEventListener('abort', () => reach(), { once: true, signal: over.signal });
  if (stopped.aborted) reach();
  return { reached, signal: over.signal, reach: (error) => reach(error) };
}

/** Keeps work in a set while it is under way. */
export function track(underWay: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  const remove = (): void => void underWay.delete(work);
  underWay.add(work);
  work.then(remove, remove);
  return work;
}
