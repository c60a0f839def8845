import { newId } from '@florin/database';
import type { FollowOptions } from '@florin/messaging';
import type { Admin, Consumer, Kafka } from 'kafkajs';
import { plainMessage } from './batch-handler.ts';
import type { Follower, Reading, TopicBounds } from './follow-topic.ts';

const MAX_WAIT_MS = 500;

type Driver = { kafka: Kafka; prefix: string; sessionTimeoutMs: number };

/**
 * Reads a topic in a group of its own, because kafkajs reads in groups only. The group is deleted at the end; the broker removes
 * the group of a killed process at its next clean-up (ten minutes by default).
 */
export function kafkajsFollower(driver: Driver, { group, topic: name }: FollowOptions): Follower {
  const { kafka, prefix } = driver;
  const groupId = `${prefix}${group}.${newId()}`;
  const topic = prefix + name;
  return {
    bounds: (sinceMs) => boundsOf(kafka.admin(), topic, sinceMs),
    read: (reading) => readInGroup(driver, { topic, groupId }, reading),
    end: () => deleteGroup(kafka.admin(), groupId),
  };
}

async function readInGroup(
  { kafka, sessionTimeoutMs }: Driver,
  { topic, groupId }: { topic: string; groupId: string },
  { positions, signal, onMessages, onFetch }: Reading,
): Promise<void> {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
    maxWaitTimeInMs: MAX_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  });
  const ended = endOf(consumer, signal);
  try {
    await consumer.connect();
    // After a rejoin that lost the offset it starts at the first message: repeated messages have no second effect.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    // Also tells of a fetch without messages.
    consumer.on(consumer.events.FETCH, onFetch);
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) =>
        onMessages(batch.messages.map(plainMessage), {
          partition: batch.partition,
          next: (BigInt(batch.lastOffset()) + 1n).toString(),
        }),
    });
    for (const [partition, offset] of positions) consumer.seek({ topic, partition, offset });
    await ended;
  } finally {
    await consumer.disconnect();
  }
}

/** Reads, for each partition, the first offset since a point in time and the current range. */
async function boundsOf(admin: Admin, topic: string, since: number): Promise<TopicBounds> {
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
