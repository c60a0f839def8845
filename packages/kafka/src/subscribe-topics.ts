import { OffsetGapError, type SubscribeOptions, type Subscription } from '@florin/messaging';
import { faultOf, type Logger, sleep } from '@florin/runtime';
import { createPausedTopics } from './paused-topics.ts';
import type { Session } from './session.ts';

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** Maximum number of consecutive sessions that end with an error which waiting does not cure. One more ends the subscription. */
const MAX_LASTING_FAULTS = 5;
/**
 * Maximum time for leaving the group, so that an unresponsive broker does not delay the end of the process. The broker drops the
 * member by itself.
 */
const STOP_WITHIN_MS = 3_000;

export type SessionDriver = {
  logger: Logger;
  /**
   * Consumes as one member of a group until stopped.
   *
   * @throws the error that ended the session
   */
  run(session: Session): Promise<void>;
  /** Whether waiting may cure the error that ended a session. */
  mayPass(error: unknown): boolean;
};

/**
 * Consumes topics in consecutive sessions. Resolves when the first session has joined the group. A later session that ends with
 * a transient error is followed by another, after a growing pause. If messages are missing, or the client library fails for good
 * again and again, the subscription ends and calls `onCrash`.
 *
 * @throws the error that ended the first session before it joined
 */
export async function subscribeTopics(driver: SessionDriver, options: SubscribeOptions): Promise<Subscription> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Set<Promise<void>>();
  const state: State = { hasJoined: false, trouble: 'not joined yet', sessions: 0, lastingFaults: 0 };
  let onFirstJoin: () => void = () => {};
  const joined = new Promise<void>((resolve) => {
    onFirstJoin = resolve;
  });
  const pausedTopics = createPausedTopics(options.paused);
  const session: Session = {
    options,
    signal,
    pausedTopics,
    underWay,
    failures: new Map<string, number>(),
    onJoined() {
      state.hasJoined = true;
      state.trouble = undefined;
      onFirstJoin();
    },
    onProgress() {
      state.sessions = 0;
      state.lastingFaults = 0;
    },
  };
  const running = keepConsuming({ driver, options, state, signal, session });
  await Promise.race([joined, running]);
  return {
    async stop() {
      stopping.abort();
      await Promise.race([running, Promise.allSettled(underWay).then(() => sleep(STOP_WITHIN_MS))]);
    },
    setPaused: pausedTopics.set,
    check() {
      if (state.trouble !== undefined) throw new Error(`not in its group: ${state.trouble}`);
    },
  };
}

type State = {
  hasJoined: boolean;
  /** The reason why this consumer is not a member of its group now. */
  trouble: string | undefined;
  /** Consecutive failures since the last handled batch. */
  sessions: number;
  lastingFaults: number;
};

type Consuming = {
  driver: SessionDriver;
  options: SubscribeOptions;
  state: State;
  signal: AbortSignal;
  session: Session;
};

async function keepConsuming({ driver, options, state, signal, session }: Consuming): Promise<void> {
  while (!signal.aborted) {
    try {
      await driver.run(session);
    } catch (error) {
      if (signal.aborted) return;
      state.trouble = (error as Error).message;
      state.lastingFaults = driver.mayPass(error) ? 0 : state.lastingFaults + 1;
      if (error instanceof OffsetGapError || state.lastingFaults >= MAX_LASTING_FAULTS) {
        options.onCrash(error as Error);
        return;
      }
      if (!state.hasJoined) throw error;
      driver.logger.warn('the consumer has left its group and joins again', { group: options.group, ...faultOf(error) });
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** state.sessions++, MAX_PAUSE_MS);
      await sleep(pauseMs * (0.75 + Math.random() / 2), signal);
    }
  }
}
