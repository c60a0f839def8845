import type { Knex } from 'knex';
import type { Broker, PartitionBounds } from './broker.ts';
import { readOffsets } from './consumer-offsets.ts';

/** How far a consumer is behind in one topic. */
export type Lag = {
  topic: string;
  /** Messages that lie in the topic and are not handled yet. */
  messages: number;
  /** Whole seconds since the oldest of them was written; 0 below one second. */
  seconds: number;
};

/** More than the 30 days that topics keep. */
const MAX_SECONDS = 2 ** 22;

type Unread = PartitionBounds & { next: bigint };

/** Measures how far the consumer is behind, in messages and in seconds. A partition that it never read counts from its beginning. */
export async function readLag(db: Knex, broker: Broker, { consumer, topics }: { consumer: string; topics: readonly string[] }) {
  // The ends first: what comes while they are read must not count as a lag below zero.
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

/** Messages bear the broker's time: by a clock of ours that is ahead, they would all have waited for long. */
async function brokersTime(broker: Broker): Promise<number> {
  return (await broker.readClock?.().catch(() => undefined)) ?? Date.now();
}

/**
 * Finds the largest number of seconds for which a test holds that holds for all smaller ones: 0 where not even 1 does. A consumer
 * that keeps up costs one question.
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
