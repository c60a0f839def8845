import { OffsetGapError, type SubscribeOptions, type Subscription } from '@florin/messaging';
import { faultOf, sleep } from '@florin/runtime';
import { runSession, type SessionDriver } from './run-session.ts';

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** Sessions in a row that end with an error which waiting does not cure; more end the subscription. */
const MAX_LASTING_FAULTS = 5;
/** A broker that does not answer must not hold up the end of a process; it drops the member by itself. */
const STOP_WITHIN_MS = 3_000;

/**
 * Consumes topics in one session after another. Returns once the first has joined the group. Faults that end a later one pass by
 * themselves, and after a growing pause the next session begins. Where messages are missing, or kafkajs fails for good again and
 * again, the subscription ends and says so to `onCrash`.
 *
 * @throws whatever ended the first session before it joined
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
  const session = {
    options,
    signal,
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
    check() {
      if (state.trouble !== undefined) throw new Error(`not in its group: ${state.trouble}`);
    },
  };
}

type State = {
  hasJoined: boolean;
  /** Why it is not in its group now. */
  trouble: string | undefined;
  /** Since the last progress. */
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
/** kafkajs calls these final, but they come of a broker that is slow or not there. */
const PASSING = new Set(['KafkaJSTimeout', 'KafkaJSLockTimeout', 'KafkaJSGroupCoordinatorNotFound']);

/** Whether waiting may cure what ended a session. An error that kafkajs says nothing about comes of the consumer's database. */
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
