import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '@florin/database';
import type { Following, FollowOptions, Message } from '@florin/messaging';
import { faultOf, type Logger, sleep } from '@florin/runtime';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { BrokerClock } from './broker-clock.ts';

const MAX_WAIT_MS = 500;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** Maximum time for reading the messages that were in the topic at the start. Then it starts again. */
const CATCH_UP_WITHIN_MS = 30_000;
/**
 * Maximum time for ending a session, so that an unresponsive broker does not delay the end of the process. The broker cleans up
 * by itself.
 */
const STOP_WITHIN_MS = 3_000;

type Driver = {
  kafka: Kafka;
  prefix: string;
  sessionTimeoutMs: number;
  logger: Logger;
  clock: BrokerClock;
  plainMessage(message: EachBatchPayload['batch']['messages'][number]): Message;
};

/** The next offset of each partition with messages so far. */
type Positions = Map<number, string>;

/**
 * Reads a topic in a group of its own, because kafkajs reads in groups only. No offset is committed. The group is deleted on
 * `stop`; the broker removes the group of a killed process at its next clean-up (ten minutes by default). A lost connection ends
 * a session, and the next session continues where the last one stopped.
 */
export function followTopic(driver: Driver, options: FollowOptions): Following {
  const stopping = new AbortController();
  const groupId = `${driver.prefix}${options.group}.${newId()}`;
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
        await followOnce(driver, options, { groupId, positions, onCaughtUp, signal: stopping.signal });
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
      await Promise.race([running.then(() => deleteGroup(driver.kafka.admin(), groupId)), sleep(STOP_WITHIN_MS)]);
    },
  };
}

/** `onCaughtUp`: called when the session has read to the end, and then after each fetch. */
type Session = { groupId: string; positions: Positions; onCaughtUp(): void; signal: AbortSignal };

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
  const { kafka, prefix, sessionTimeoutMs } = driver;
  const topic = prefix + options.topic;
  const { starts, lows, ends } = await boundsOf(kafka.admin(), topic, (await brokersTime(driver.clock)) - options.sinceMs);
  for (const [partition, offset] of starts) {
    const position = session.positions.get(partition);
    // Expired messages are too old to matter. A topic that was created anew is read from its first message.
    const isThere = position !== undefined && isWithin(position, lows.get(partition), ends.get(partition));
    if (!isThere) session.positions.set(partition, offset);
  }
  const consumer = kafka.consumer({
    groupId: session.groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
    maxWaitTimeInMs: MAX_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  });
  const ended = endOf(consumer, session.signal);
  try {
    await consumer.connect();
    // After a rejoin that lost the offset it starts at the first message: repeated messages have no second effect.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const caughtUp = untilReached(session, ends);
    // Also tells of a fetch without messages.
    consumer.on(consumer.events.FETCH, caughtUp.fetched);
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        await options.onMessages(batch.messages.map(driver.plainMessage), batch.partition);
        session.positions.set(batch.partition, (BigInt(batch.lastOffset()) + 1n).toString());
        caughtUp.look();
      },
    });
    for (const [partition, offset] of session.positions) consumer.seek({ topic, partition, offset });
    caughtUp.look();
    await Promise.race([ended, caughtUp.orTooLate]);
    await ended;
  } finally {
    await consumer.disconnect();
  }
}

/** Reads the broker's time, because messages carry it. By a fast local clock all of them would seem too old. */
async function brokersTime(clock: BrokerClock): Promise<number> {
  return clock.nowMs() ?? (await clock.read().catch(() => Date.now()));
}

function isWithin(position: string, low = '0', end = '0'): boolean {
  return BigInt(position) >= BigInt(low) && BigInt(position) <= BigInt(end);
}

/** Reads, for each partition, the first offset since a point in time and the current range. */
async function boundsOf(
  admin: Admin,
  topic: string,
  since: number,
): Promise<{ starts: Positions; lows: Positions; ends: Positions }> {
  await admin.connect();
  try {
    const starts = await admin.fetchTopicOffsetsByTimestamp(topic, since);
    const ends = await admin.fetchTopicOffsets(topic);
    return {
      starts: new Map(starts.map(({ partition, offset }) => [partition, offset])),
      lows: new Map(ends.map(({ partition, low }) => [partition, low])),
      ends: new Map(ends.map(({ partition, high }) => [partition, high])),
    };
  } finally {
    await admin.disconnect();
  }
}

/** Resolves when stopped; rejects when kafkajs gives up the session. */
function endOf(consumer: Consumer, signal: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  });
  ended.catch(() => {});
  return ended;
}

type CaughtUp = { look(): void; fetched(): void; orTooLate: Promise<void> };

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
  orTooLate.catch(() => {});
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

/** Deletes the group. If the broker is unavailable, its own clean-up removes the group later. */
async function deleteGroup(admin: Admin, groupId: string): Promise<void> {
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
