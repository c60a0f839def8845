import { newId } from '@florin/runtime';
import type { Admin, Consumer, Kafka } from 'kafkajs';
import type { Message } from './broker.ts';
import { clientOf, type KafkajsOptions, plainMessage } from './kafkajs-broker.ts';
import type { StoredOffset } from './reset-to-stored-offsets.ts';

const READ_WITHIN_MS = 10 * 60_000;

export type TopicReader = {
  /** Where each partition of these topics ends now: the offset of the next message. */
  ends(topics: readonly string[]): Promise<StoredOffset[]>;
  /** Where each partition begins: the oldest message that is kept. */
  starts(topics: readonly string[]): Promise<StoredOffset[]>;
  /** Reads each partition from an offset on, to where it ends at the call. The same message may come twice. */
  readFrom(offsets: readonly StoredOffset[], onMessages: (messages: readonly Message[]) => Promise<void>): Promise<void>;
  /** How many members a consumer group has. */
  membersOf(group: string): Promise<number>;
  disconnect(): Promise<void>;
};

/** Topics as an operator's command looks at them, past every consumer group of the services. */
export function kafkajsTopics(options: KafkajsOptions): TopicReader {
  const { prefix } = options;
  const kafka = clientOf(options);
  const admin = kafka.admin();
  const connected = admin.connect();
  connected.catch(() => {});
  const boundsOf = async (topics: readonly string[], bound: 'low' | 'high'): Promise<StoredOffset[]> => {
    await connected;
    const found = await Promise.all(
      topics.map(async (topic) => ({ topic, partitions: await admin.fetchTopicOffsets(prefix + topic) })),
    );
    return found.flatMap(({ topic, partitions }) =>
      partitions.map((one) => ({ topic, partition: one.partition, offset: one[bound] })),
    );
  };
  const ends = (topics: readonly string[]): Promise<StoredOffset[]> => boundsOf(topics, 'high');
  return {
    ends,
    starts: (topics) => boundsOf(topics, 'low'),
    async readFrom(offsets, onMessages) {
      const upTo = await ends([...new Set(offsets.map(({ topic }) => topic))]);
      const wanted = new Map(offsets.map((place) => [placeOf(place), place]));
      const ahead = upTo.filter((end) => BigInt(end.offset) > BigInt(wanted.get(placeOf(end))?.offset ?? end.offset));
      if (ahead.length > 0) await read(kafka, { ...options, offsets, ends: ahead, onMessages });
    },
    async membersOf(group) {
      await connected;
      const { groups } = await admin.describeGroups([prefix + group]);
      return groups[0]?.members.length ?? 0;
    },
    disconnect: () => admin.disconnect(),
  };
}

type Reading = Pick<KafkajsOptions, 'prefix' | 'sessionTimeoutMs'> & {
  offsets: readonly StoredOffset[];
  /** Of the partitions that have something to read. */
  ends: readonly StoredOffset[];
  onMessages(messages: readonly Message[]): Promise<void>;
};

async function read(kafka: Kafka, { prefix, sessionTimeoutMs, offsets, ends, onMessages }: Reading): Promise<void> {
  const groupId = `${prefix}florin.reader.${newId()}`;
  const consumer = kafka.consumer({ groupId, sessionTimeout: sessionTimeoutMs, allowAutoTopicCreation: false });
  const topics = new Set(ends.map(({ topic }) => topic));
  const wanted = offsets.filter(({ topic }) => topics.has(topic));
  const starts = new Map(wanted.map((start) => [placeOf(start), BigInt(start.offset)]));
  const left = new Map(ends.map((end) => [placeOf(end), BigInt(end.offset)]));
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics].map((topic) => prefix + topic), fromBeginning: true });
    await untilRead(consumer, async (done) => {
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          const place = placeOf({ topic: batch.topic.slice(prefix.length), partition: batch.partition });
          // A first fetch may come before the seek.
          const from = starts.get(place) ?? 0n;
          const messages = batch.messages.filter(({ offset }) => BigInt(offset) >= from);
          if (messages.length > 0) await onMessages(messages.map(plainMessage));
          if (BigInt(batch.lastOffset()) + 1n >= (left.get(place) ?? 0n)) left.delete(place);
          if (left.size === 0) done();
        },
      });
      for (const { topic, partition, offset } of wanted) consumer.seek({ topic: prefix + topic, partition, offset });
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

function placeOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}
