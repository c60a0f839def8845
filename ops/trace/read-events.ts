import type { Message } from '@florin/messaging';
import type { OperatorKafka } from '../platform/operator-broker.ts';

export type TracedEvent = {
  topic: string;
  partition: number;
  offset: string;
  id: string;
  type: string;
  time: string;
  traceparent: string | null;
};

type EventSearch = {
  purchaseId: string;
  /** The key of its events; undefined if no database could tell: then all partitions are read. */
  userId: string | undefined;
  /** Period in which its events were written, in milliseconds since 1970. */
  fromMs: number;
  toMs: number;
};

const topics = ['florin.purchases', 'florin.payments'] as const;
/** Messages read of one partition. */
const MAX_MESSAGES = 20_000n;

/** Reads the events of a purchase from Kafka: of its key's partition, in its period, at most 20,000 messages of a partition. */
export async function readEvents({ broker, topics: reader }: OperatorKafka, search: EventSearch): Promise<TracedEvent[]> {
  const found = new Map<string, TracedEvent>();
  for (const topic of topics) {
    const only = search.userId === undefined ? undefined : await reader.partitionOf(topic, search.userId);
    const starts = (await broker.offsetsAt(topic, new Date(search.fromMs))).filter(
      ({ partition }) => only === undefined || partition === only,
    );
    const afterwards = new Map((await broker.offsetsAt(topic, new Date(search.toMs))).map((one) => [one.partition, one.offset]));
    const ends = starts.map((start) => {
      const bound = BigInt(start.offset) + MAX_MESSAGES;
      const end = BigInt(afterwards.get(start.partition) ?? bound);
      return { ...start, offset: String(end < bound ? end : bound) };
    });
    const collect = async (messages: readonly Message[], { partition }: { partition: number }): Promise<void> => {
      for (const message of messages) {
        const event = eventOf(message, search.purchaseId);
        if (event !== undefined) found.set(event.id, { topic, partition, offset: message.offset, ...event });
      }
    };
    await reader.readFrom(starts, collect, ends);
  }
  return [...found.values()].sort((a, b) => a.time.localeCompare(b.time));
}

type ReadEvent = Pick<TracedEvent, 'id' | 'type' | 'time' | 'traceparent'>;

/** Returns the event of a message if it is about the purchase. Its signature is not verified. */
export function eventOf({ value }: Pick<Message, 'value'>, purchaseId: string): ReadEvent | undefined {
  const text = value?.toString() ?? '';
  if (!text.includes(purchaseId)) return undefined;
  try {
    const { id, type, time, traceparent = null } = JSON.parse(text) as Partial<ReadEvent>;
    return id === undefined || type === undefined || time === undefined ? undefined : { id, type, time, traceparent };
  } catch {
    return undefined;
  }
}
