import { newId } from '@florin/database';
import { type Message, type PartitionBounds, type PartitionOffset, placeOf } from '@florin/messaging';
import kafkajs, { type Admin, type Consumer, type Kafka, type PartitionMetadata } from 'kafkajs';
import { plainMessage } from './batch-handler.ts';
import type { KafkaOptions } from './kafka-options.ts';
import { clientOf } from './kafkajs-client.ts';
import { fetchBounds } from './kafkajs-offsets.ts';

const { Partitioners } = kafkajs;

const READ_WITHIN_MS = 10 * 60_000;

export type TopicReader = {
  /** Reads the current range of each partition. */
  bounds(topics: readonly string[]): Promise<PartitionBounds[]>;
  /**
   * Reads each partition from an offset to the end that it had at the call, or to an earlier end. Messages may be repeated, and a
   * few after the end may follow.
   */
  readFrom(offsets: readonly PartitionOffset[], onMessages: OnMessages, ends?: readonly PartitionOffset[]): Promise<void>;
  /** The partition of a key, as the publishers choose it. */
  partitionOf(topic: string, key: string): Promise<number>;
  /** Counts the members of a consumer group. */
  membersOf(group: string): Promise<number>;
  disconnect(): Promise<void>;
};

/** Gets messages of one partition; its topic is without the prefix. */
type OnMessages = (messages: readonly Message[], place: { topic: string; partition: number }) => Promise<void>;

/** Creates a reader of topics for operators' commands. It does not use the services' consumer groups. */
export function kafkajsTopics(options: KafkaOptions): TopicReader {
  const { prefix } = options;
  const kafka = clientOf(options);
  const admin = kafka.admin();
  const connected = admin.connect();
  connected.catch(() => {});
  const bounds = async (topics: readonly string[]): Promise<PartitionBounds[]> => {
    await connected;
    return fetchBounds(admin, prefix, topics);
  };
  return {
    bounds,
    async readFrom(offsets, onMessages, ends = []) {
      const known = await bounds([...new Set(offsets.map(({ topic }) => topic))]);
      const unread = unreadParts(offsets, endBy(ends, known));
      if (unread.some(({ low, high }) => low !== high)) await read(kafka, { ...options, unread, onMessages });
    },
    async partitionOf(topic, key) {
      const partitions = (await bounds([topic])).map(({ partition }) => partition);
      const partitionMetadata = partitions.map((partitionId) => ({ ...NO_METADATA, partitionId }));
      return Partitioners.DefaultPartitioner()({ topic: prefix + topic, partitionMetadata, message: { key, value: null } });
    },
    async membersOf(group) {
      await connected;
      const { groups } = await admin.describeGroups([prefix + group]);
      return groups[0]?.members.length ?? 0;
    },
    disconnect: () => admin.disconnect(),
  };
}

/** The partitioner looks at the ids only. */
const NO_METADATA: Omit<PartitionMetadata, 'partitionId'> = { partitionErrorCode: 0, leader: 0, replicas: [], isr: [] };

/** Lowers the ends of partitions. */
function endBy(ends: readonly PartitionOffset[], bounds: readonly PartitionBounds[]): PartitionBounds[] {
  const wanted = new Map(ends.map((one) => [placeOf(one), BigInt(one.offset)]));
  return bounds.map((partition) => {
    const end = wanted.get(placeOf(partition));
    return end === undefined || end >= BigInt(partition.high) ? partition : { ...partition, high: String(end) };
  });
}

/** The range of each partition to read, from `low`; empty if `low` equals `high`. */
function unreadParts(offsets: readonly PartitionOffset[], bounds: readonly PartitionBounds[]): PartitionBounds[] {
  const wanted = new Map(offsets.map((one) => [placeOf(one), BigInt(one.offset)]));
  return bounds.map((partition) => {
    const { low, high } = partition;
    const from = wanted.get(placeOf(partition)) ?? BigInt(high);
    if (from >= BigInt(high)) return { ...partition, low: high };
    // Messages that were deleted since the offset was stored cannot be read.
    return { ...partition, low: from < BigInt(low) ? low : String(from) };
  });
}

type Reading = Pick<KafkaOptions, 'prefix' | 'sessionTimeoutMs'> & {
  unread: readonly PartitionBounds[];
  onMessages: OnMessages;
};

async function read(kafka: Kafka, { prefix, sessionTimeoutMs, unread, onMessages }: Reading): Promise<void> {
  const groupId = `${prefix}florin.reader.${newId()}`;
  const consumer = kafka.consumer({ groupId, sessionTimeout: sessionTimeoutMs, allowAutoTopicCreation: false });
  const topics = new Set(unread.map(({ topic }) => topic));
  const starts = new Map(unread.map((part) => [placeOf(part), BigInt(part.low)]));
  const left = new Map(unread.filter(({ low, high }) => low !== high).map((part) => [placeOf(part), BigInt(part.high)]));
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics].map((topic) => prefix + topic), fromBeginning: true });
    await untilRead(consumer, async (done) => {
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          const source = { topic: batch.topic.slice(prefix.length), partition: batch.partition };
          const place = placeOf(source);
          const from = starts.get(place);
          // The first fetch may precede the seek.
          const messages = batch.messages.filter(({ offset }) => from !== undefined && BigInt(offset) >= from);
          if (messages.length > 0) await onMessages(messages.map(plainMessage), source);
          if (BigInt(batch.lastOffset()) + 1n >= (left.get(place) ?? 0n)) left.delete(place);
          if (left.size === 0) done();
        },
      });
      for (const { topic, partition, low } of unread) consumer.seek({ topic: prefix + topic, partition, offset: low });
    });
  } finally {
    await consumer.disconnect();
    await deleteGroup(kafka.admin(), groupId);
  }
}

function untilRead(consumer: Consumer, start: (done: () => void) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The topics could not be read to their ends in time.')), READ_WITHIN_MS);
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    start(() => {
      clearTimeout(timer);
      resolve();
    }).catch(reject);
  });
}

async function deleteGroup(admin: Admin, groupId: string): Promise<void> {
  await admin.connect();
  await admin.deleteGroups([groupId]).catch(() => {});
  await admin.disconnect();
}
