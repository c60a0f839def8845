import type { PartitionBounds, PartitionOffset } from '@florin/messaging';
import { sleep } from '@florin/runtime';
import type { Admin } from 'kafkajs';

/** Reads the current range of each partition of these topics. */
export async function fetchBounds(admin: Admin, prefix: string, topics: readonly string[]): Promise<PartitionBounds[]> {
  const found = await onceElected(admin, () =>
    untilAllSettled(topics.map(async (topic) => ({ topic, offsets: await admin.fetchTopicOffsets(prefix + topic) }))),
  );
  return found.flatMap(({ topic, offsets }) => offsets.map(({ partition, low, high }) => ({ topic, partition, low, high })));
}

/** As `Promise.all`, but waits for all: a retry may reconnect, which would end requests under way. */
async function untilAllSettled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

const LEADER_TRIES = 100;
const LEADER_PAUSE_MS = 100;
/** Time for a new topic to get its leaders. Then leaders are looked up again. */
const TRIES_AT_SAME_LEADER = 10;
/** After a reconnect the end of the old socket may come late, and with several topics it ends several requests. */
const MAX_CLOSED = 5;

/**
 * Retries while a partition has no leader or another one than the client knows, and while the group has no coordinator yet. kafkajs
 * gives up at once, and looks leaders up only every five minutes or when it connects.
 */
async function onceElected<T>(admin: Admin, ask: () => Promise<T>): Promise<T> {
  let [hasReconnected, closed] = [false, 0];
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const passes = isElecting(error) || (hasReconnected && isClosed(error) && ++closed <= MAX_CLOSED);
      if (!passes || attempt === LEADER_TRIES) throw error;
      await sleep(LEADER_PAUSE_MS);
      if (attempt % TRIES_AT_SAME_LEADER !== 0) continue;
      hasReconnected = true;
      await admin.disconnect();
      await admin.connect();
    }
  }
}

/**
 * The end of the old socket may arrive after `connect`. kafkajs then ends the new connection, and the requests on it. The next
 * request connects again.
 */
function isClosed(error: unknown): boolean {
  return (error as { name?: unknown }).name === 'KafkaJSConnectionClosedError';
}

const electing: readonly unknown[] = [
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
];

function isElecting(error: unknown): boolean {
  const { type, name } = error as { type?: unknown; name?: unknown };
  return electing.includes(type) || name === 'KafkaJSTopicMetadataNotLoaded';
}

/** Reads the offsets that a group has committed. */
export async function fetchCommitted(
  admin: Admin,
  { prefix, group, topics }: { prefix: string; group: string; topics: readonly string[] },
): Promise<PartitionOffset[]> {
  const found = await onceElected(admin, () =>
    admin.fetchOffsets({ groupId: prefix + group, topics: topics.map((topic) => prefix + topic) }),
  );
  return found.flatMap(({ topic, partitions }) =>
    partitions
      // A negative offset means that there is none.
      .filter(({ offset }) => BigInt(offset) >= 0n)
      .map(({ partition, offset }) => ({ topic: topic.slice(prefix.length), partition, offset })),
  );
}
