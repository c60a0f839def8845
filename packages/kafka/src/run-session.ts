import type { StartPosition, SubscribeOptions } from '@florin/messaging';
import type { Logger } from '@florin/runtime';
import type { Consumer, Kafka } from 'kafkajs';
import { createBatchHandler } from './batch-handler.ts';

const MAX_WAIT_MS = 500;
/** The batches of several partitions share a transaction, see createConsumer. */
const PARTITIONS_AT_ONCE = 32;

export type SessionDriver = {
  kafka: Kafka;
  prefix: string;
  sessionTimeoutMs: number;
  logger: Logger;
  /** @throws OffsetGapError */
  readStartPositions(): Promise<StartPosition[]>;
};

export type Session = {
  options: SubscribeOptions;
  signal: AbortSignal;
  /** How often each partition has failed in a row, from session to session. */
  failures: Map<string, number>;
  /** The batches being handled; whoever stops waits for them. */
  underWay: Set<Promise<void>>;
  onJoined(): void;
  /** A batch has been handled and its offset committed. */
  onProgress(): void;
};

/**
 * Consumes as one member of a group until it is told to stop. kafkajs restarts a crashed consumer after some errors and gives up
 * after others that pass just as well. Here it never restarts one: whoever runs the session begins another.
 *
 * @throws whatever ended the session
 */
export async function runSession(driver: SessionDriver, session: Session): Promise<void> {
  const starts = await driver.readStartPositions();
  const consumer = createConsumer(driver, session.options.group);
  const ending = createEnding(consumer, session.signal);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: session.options.topics.map((topic) => driver.prefix + topic), fromBeginning: true });
    const handleBatch = createBatchHandler({ driver, session, consumer, starts, ending });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => track(session.underWay, handleBatch(payload)),
    });
    // A consumer that crashed while it joined has said so by now.
    await Promise.race([ending.reached, Promise.resolve()]);
    session.onJoined();
    await ending.reached;
  } finally {
    ending.reach();
    // Waits for the batches under way, then leaves the group.
    await consumer.disconnect().catch(() => {});
  }
}

function createConsumer({ kafka, prefix, sessionTimeoutMs }: SessionDriver, group: string): Consumer {
  return kafka.consumer({
    groupId: prefix + group,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
    rebalanceTimeout: sessionTimeoutMs * 2,
    maxWaitTimeInMs: MAX_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  });
}

/** The end of one session. */
export type Ending = {
  /** Resolves when the session is stopped; rejects with what ended it. */
  reached: Promise<void>;
  /** Aborted from the end on. */
  signal: AbortSignal;
  /** Ends the session, with an error unless it was stopped. */
  reach(error?: Error): void;
};

function createEnding(consumer: Consumer, stopped: AbortSignal): Ending {
  const over = new AbortController();
  let reach: Ending['reach'] = () => {};
  const reached = new Promise<void>((resolve, reject) => {
    reach = (error) => {
      over.abort();
      if (error === undefined) resolve();
      else reject(error);
    };
  });
  // Its failure is thrown by whoever waits for it; until then nobody does.
  reached.catch(() => {});
  stopped.addEventListener('abort', () => reach(), { once: true, signal: over.signal });
  if (stopped.aborted) reach();
  consumer.on(consumer.events.CRASH, ({ payload }) => reach(payload.error));
  return { reached, signal: over.signal, reach: (error) => reach(error) };
}

function track(underWay: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  const forget = (): void => void underWay.delete(work);
  underWay.add(work);
  work.then(forget, forget);
  return work;
}
