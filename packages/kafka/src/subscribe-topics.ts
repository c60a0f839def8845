import { OffsetGapError, type SubscribeOptions, type Subscription } from '@florin/messaging';
import { faultOf, sleep } from '@florin/runtime';
import { createPausedTopics } from './paused-topics.ts';
import { runSession } from './run-session.ts';
import type { SessionDriver } from './session.ts';

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** Maximum number of consecutive sessions that end with an error which waiting does not cure. One more ends the subscription. */
const MAX_LASTING_FAULTS = 5;
/**
 * Maximum time for leaving the group, so that an unresponsive broker does not delay the end of the process. The broker drops the
 * member by itself.
 */
const STOP_WITHIN_MS = 3_000;

/**
 * Consumes topics in consecutive sessions. Resolves when the first session has joined the group. A later session that ends with
 * a transient error is followed by another, after a growing pause. If messages are missing, or kafkajs fails for good again and
 * again, the subscription ends and calls `onCrash`.
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
  const session = {
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
  const running = keepConsuming({ driver, options, state, signal, run: () => runSession(driver, session) });
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
  run(): Promise<void>;
};

async function keepConsuming({ driver, options, state, signal, run }: Consuming): Promise<void> {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      state.trouble = (error as Error).message;
      state.lastingFaults = mayPass(error) ? 0 : state.lastingFaults + 1;
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

const LASTING = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);
/** Errors that kafkajs calls final, but that come from a slow or unavailable broker. */
const PASSING = new Set(['KafkaJSTimeout', 'KafkaJSLockTimeout', 'KafkaJSGroupCoordinatorNotFound']);

/**
 * Whether waiting may cure the error that ended a session. An error without a verdict of kafkajs comes from the consumer's
 * database.
 */
function mayPass(error: unknown): boolean {
  const causes = causesOf(error);
  if (causes.some(({ name, retriable }) => retriable === true || PASSING.has(name))) return true;
  return !causes.some(({ name, retriable }) => retriable === false || LASTING.has(name));
}

type Cause = { name: string; retriable?: boolean; cause?: unknown };

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let cause = error as Cause | undefined; cause && !causes.includes(cause); cause = cause.cause as Cause | undefined)
    causes.push(cause);
  return causes;
}
