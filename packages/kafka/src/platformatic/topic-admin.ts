import type { PartitionBounds, PartitionOffset } from '@florin/messaging';
import { sleep } from '@florin/runtime';
import type { Admin, ClusterMetadata } from '@platformatic/kafka';
import { durabilitySettings, findDurabilityFaults, type TopicSetting } from '../topic-settings.ts';
import { explained, hasCode, mayPass } from './faults.ts';

/** Instead of a time, for the first and the next offset of a partition (ListOffsets in Kafka's protocol). */
const EARLIEST = -2n;
const LATEST = -1n;
/** The resource type of topics (DescribeConfigs). */
const TOPIC = 2 as const;
const MAX_LOOKS = 100;
const POLL_MS = 100;

export type NewTopic = { topic: string; partitions: number; replicationFactor: number; settings: readonly TopicSetting[] };

/** Creates a topic if it is missing. */
export async function createTopic(admin: Admin, { topic, partitions, replicationFactor, settings }: NewTopic): Promise<void> {
  const creation = admin.createTopics({ topics: [topic], partitions, replicas: replicationFactor, configs: [...settings] });
  await explained(creation).catch((error: unknown) => {
    if (!hasCode(error, 'TOPIC_ALREADY_EXISTS')) throw error;
  });
}

/** Retries until every partition has a leader, which takes a moment for new topics. */
export async function untilLed(admin: Admin, topics: readonly string[]): Promise<void> {
  await untilElected(async () => {
    const known = await readTopics(admin, topics);
    const partitions = [...known.values()].flatMap((topic) => topic.partitions);
    if (partitions.some(({ leader }) => leader < 0)) throw new Error(`No leader for every partition of ${topics.join(', ')}`);
  }, mayPass);
}

/** Reads the current range of each partition of these topics. */
export async function readBounds(admin: Admin, prefix: string, topics: readonly string[]): Promise<PartitionBounds[]> {
  const names = topics.map((topic) => prefix + topic);
  return untilElected(async () => {
    const lows = await readOffsets(admin, names, EARLIEST);
    const highs = await readOffsets(admin, names, LATEST);
    return lows.map(({ topic, partition, offset }, index) => ({
      topic: topic.slice(prefix.length),
      partition,
      low: String(offset),
      high: String(highs[index]?.offset ?? offset),
    }));
  });
}

/** Finds the first offset of each partition whose message was written at this time or later; the partition's end if there is none. */
export async function readOffsetsAt(admin: Admin, topic: string, timeMs: number): Promise<Omit<PartitionOffset, 'topic'>[]> {
  return untilElected(async () => {
    // Before the ends, so that no message is between them.
    const found = await readOffsets(admin, [topic], BigInt(Math.max(0, timeMs)));
    const ends = await readOffsets(admin, [topic], LATEST);
    return found.map(({ partition, offset }, index) => ({
      partition,
      offset: String(offset < 0n ? (ends[index]?.offset ?? 0n) : offset),
    }));
  });
}

/** Reads the offsets that a group has committed. */
export async function readCommitted(
  admin: Admin,
  { prefix, group, topics }: { prefix: string; group: string; topics: readonly string[] },
): Promise<PartitionOffset[]> {
  const groupId = prefix + group;
  const found = await untilElected(async () => {
    const known = await readTopics(
      admin,
      topics.map((topic) => prefix + topic),
    );
    const asked = [...known].map(([name, { partitionsCount }]) => ({ name, partitionIndexes: indexes(partitionsCount) }));
    return explained(admin.listConsumerGroupOffsets({ groups: [{ groupId, topics: asked }] }));
  });
  return found.flatMap((one) =>
    one.topics.flatMap(({ name, partitions }) =>
      partitions
        // A negative offset means that there is none.
        .filter(({ committedOffset }) => committedOffset >= 0n)
        .map(({ partitionIndex, committedOffset }) => ({
          topic: name.slice(prefix.length),
          partition: partitionIndex,
          offset: String(committedOffset),
        })),
    ),
  );
}

/** Reads the effective `max.message.bytes` of a topic: its own setting or the broker's default. */
export async function readMaxBatchBytes(admin: Admin, name: string): Promise<number> {
  const [settings] = await readSettings(admin, [name], ['max.message.bytes']);
  const bytes = Number(settings?.settings.get('max.message.bytes'));
  if (!(bytes > 0)) throw new Error(`${name} has no max.message.bytes`);
  return bytes;
}

export async function readDurabilityFaults(admin: Admin, names: readonly string[]): Promise<string[]> {
  const known = await readTopics(admin, names);
  return findDurabilityFaults(
    [...known].map(([name, { partitions }]) => ({ name, replicas: partitions.map(({ replicas }) => replicas.length) })),
    await readSettings(admin, names, durabilitySettings),
  );
}

async function readSettings(admin: Admin, names: readonly string[], configurationKeys: string[]) {
  const resources = names.map((resourceName) => ({ resourceType: TOPIC, resourceName, configurationKeys }));
  const described = await explained(admin.describeConfigs({ resources }));
  return described.map(({ resourceName, configs }) => ({
    name: resourceName,
    settings: new Map(configs.map(({ name, value }) => [name, value])),
  }));
}

type Offset = { topic: string; partition: number; offset: bigint };

/** Reads one offset of each partition, by topic and partition in order. */
async function readOffsets(admin: Admin, names: readonly string[], timestamp: bigint): Promise<Offset[]> {
  const known = await readTopics(admin, names);
  const asked = [...known].map(([name, { partitionsCount }]) => ({
    name,
    partitions: indexes(partitionsCount).map((partitionIndex) => ({ partitionIndex, timestamp })),
  }));
  const found = await explained(admin.listOffsets({ topics: asked }));
  const offsets = new Map(
    found.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, offset }) => [`${name}/${partitionIndex}`, offset] as const),
    ),
  );
  return asked.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex }) => ({
      topic: name,
      partition: partitionIndex,
      offset: offsets.get(`${name}/${partitionIndex}`) ?? 0n,
    })),
  );
}

async function readTopics(admin: Admin, names: readonly string[]): Promise<ClusterMetadata['topics']> {
  const { topics } = await explained(admin.metadata({ topics: [...names], forceUpdate: true }));
  return topics;
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function isElecting(error: unknown): boolean {
  return (
    hasCode(error, 'NOT_LEADER_OR_FOLLOWER', 'LEADER_NOT_AVAILABLE', 'FENCED_LEADER_EPOCH', 'UNKNOWN_LEADER_EPOCH') ||
    hasCode(error, 'NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE', 'COORDINATOR_LOAD_IN_PROGRESS') ||
    // The leader of a new partition does not know it yet. The library reports a topic that does not exist without a code.
    hasCode(error, 'UNKNOWN_TOPIC_OR_PARTITION')
  );
}

/** Retries while a partition has no leader, or the group has no coordinator yet. */
async function untilElected<T>(ask: () => Promise<T>, isAwaited: (error: unknown) => boolean = isElecting): Promise<T> {
  for (let look = 1; ; look++) {
    try {
      return await ask();
    } catch (error) {
      if (look === MAX_LOOKS || !isAwaited(error)) throw error;
      await sleep(POLL_MS);
    }
  }
}
