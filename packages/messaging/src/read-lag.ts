import type { Knex } from 'knex';
import type { Broker, PartitionBounds } from './broker.ts';
import { readOffsets } from './consumer-offsets.ts';

/** The lag of a consumer in one topic. */
export type Lag = {
  topic: string;
  /** Number of messages not handled yet. */
  messages: number;
  /** Whole seconds since the oldest of them was written; 0 below one second. */
  seconds: number;
};

/** Longer than the 30 days that topics keep messages. */
const MAX_SECONDS = 2 ** 22;

type Unread = PartitionBounds & { next: bigint };

/** Measures the lag of a consumer, in messages and in seconds. A partition that it never read counts from its first message. */
export async function readLag(db: Knex, broker: Broker, { consumer, topics }: { consumer: string; topics: readonly string[] }) {
  // Ends first: messages that arrive meanwhile must not make the lag negative.
  const bounds = await broker.bounds(topics);
  const stored = new Map((await readOffsets(db, consumer)).map((place) => [`${place.topic}:${place.partition}`, place.offset]));
  const partitions = bounds.map(
    (one): Unread => ({ ...one, next: BigInt(stored.get(`${one.topic}:${one.partition}`) ?? one.low) }),
  );
  return Promise.all(
    topics.map((topic) =>
      lagOf(
        broker,
        topic,
        partitions.filter((one) => one.topic === topic),
      ),
    ),
  );
}

async function lagOf(broker: Broker, topic: string, partitions: readonly Unread[]): Promise<Lag> {
  const messages = partitions.reduce((sum, { high, next }) => sum + Math.max(0, Number(BigInt(high) - next)), 0);
  if (messages === 0) return { topic, messages, seconds: 0 };
  const now = await brokersTime(broker);
  const isBehindBy = async (seconds: number): Promise<boolean> => {
    const then = new Map(
      (await broker.offsetsAt(topic, new Date(now - seconds * 1000))).map((one) => [one.partition, one.offset]),
    );
    return partitions.some(({ partition, next }) => next < BigInt(then.get(partition) ?? 0));
  };
  return { topic, messages, seconds: await largestTrue(isBehindBy) };
}

/** Reads the broker's time, because messages carry it. By a fast local clock all of them would seem old. */
async function brokersTime(broker: Broker): Promise<number> {
  return (await broker.readClock?.().catch(() => undefined)) ?? Date.now();
}

/**
 * Finds the largest number of seconds for which a test holds, if it holds for all smaller numbers; 0 if it does not hold for 1.
 * A consumer without lag costs one call.
 */
export async function largestTrue(holds: (seconds: number) => Promise<boolean>): Promise<number> {
  let above = 1;
  while (above < MAX_SECONDS && (await holds(above))) above *= 2;
  let below = Math.floor(above / 2);
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (await holds(middle)) below = middle;
    else above = middle;
  }
  return below;
}
