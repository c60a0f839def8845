import type { Consumer } from 'kafkajs';
import { createBatchHandler } from './batch-handler.ts';
import type { KafkajsSession } from './batch-work.ts';
import { explainRefusal } from './kafkajs-faults.ts';
import { createEnding, type Session, track } from './session.ts';

const MAX_WAIT_MS = 500;
/** Partitions whose batches may be handled concurrently. They share a transaction, see `createConsumer`. */
const MAX_CONCURRENT_PARTITIONS = 32;

/**
 * Consumes as one member of a group until stopped. kafkajs restarts a crashed consumer after some errors and gives up after
 * others that are just as transient. Here it never restarts one: the caller starts another session.
 *
 * @throws the error that ended the session
 */
export async function runSession(driver: KafkajsSession, session: Session): Promise<void> {
  const starts = await driver.readStartPositions();
  const consumer = createConsumer(driver, session.options.group);
  const ending = createEnding(session.signal);
  consumer.on(consumer.events.CRASH, ({ payload }) =>
    ending.reach(explainRefusal(payload.error, session.options.group) as Error),
  );
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: session.options.topics.map((topic) => driver.prefix + topic), fromBeginning: true });
    const handleBatch = createBatchHandler({ driver, session, consumer, starts, ending });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: MAX_CONCURRENT_PARTITIONS,
      eachBatch: (payload) => track(session.underWay, handleBatch(payload)),
    });
    // A crash while joining has been reported by now.
    await Promise.race([ending.reached, Promise.resolve()]);
    session.onJoined();
    await ending.reached;
  } finally {
    ending.reach();
    // Waits for running batches, then leaves the group.
    await consumer.disconnect().catch(() => {});
  }
}

function createConsumer({ kafka, prefix, sessionTimeoutMs }: KafkajsSession, group: string): Consumer {
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
