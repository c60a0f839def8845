import type { PartitionBounds, PartitionOffset } from './broker.ts';

/** Messages that a consumer can never read: those from `from` up to, and without, `to`. */
export type OffsetGap = { topic: string; partition: number; from: string; to: string };

/** The consumer must not go on by itself: messages are missing, and a person has to know. */
export class OffsetGapError extends Error {
  override readonly name = 'OffsetGapError';
  readonly gaps: readonly OffsetGap[];

  constructor(consumer: string, gaps: readonly OffsetGap[]) {
    super(
      `${consumer} cannot go on, offset out of range: ${gaps.map(describeGap).join('; ')}. To go on all the same, stop its instances and run: npm run offsets:reset -- --accept-gap`,
    );
    this.gaps = gaps;
  }
}

/** Names the partition and the offsets of a gap, for a person. */
export function describeGap({ topic, partition, from, to }: OffsetGap): string {
  const place = `${topic}/${partition}`;
  return BigInt(from) < BigInt(to)
    ? `${place}: offsets ${from} to ${BigInt(to) - 1n} were deleted before they were read`
    : `${place}: the next offset is ${from}, but the topic ends at ${to} (it was created anew, or its broker was restored)`;
}

/**
 * Finds the partitions whose stored offset lies outside the partition: below its first message, beyond its end, or in a partition
 * that the topic no longer has.
 */
export function findGaps(stored: readonly PartitionOffset[], bounds: readonly PartitionBounds[]): OffsetGap[] {
  const partitions = new Map(bounds.map((one) => [placeOf(one), one]));
  const topics = new Set(bounds.map(({ topic }) => topic));
  return stored.flatMap(({ topic, partition, offset: from }) => {
    const { low, high } = partitions.get(placeOf({ topic, partition })) ?? { low: '0', high: '0' };
    if (!topics.has(topic)) return [];
    if (BigInt(from) < BigInt(low)) return [{ topic, partition, from, to: low }];
    return BigInt(from) > BigInt(high) ? [{ topic, partition, from, to: high }] : [];
  });
}

export type KnownOffsets = {
  bounds: readonly PartitionBounds[];
  /** What the group has committed at the broker. */
  committed: readonly PartitionOffset[];
  /** What the consumer's database holds; left out where there is no database. */
  stored?: readonly PartitionOffset[] | undefined;
};

export type StartPosition = PartitionOffset & {
  /** Whether the client library would begin elsewhere by itself. */
  isMoved: boolean;
};

/**
 * Decides where each partition begins. The database is right, because its offsets are committed with the effects: what it does not
 * know has had no effect, so such a partition begins at its first message. An older committed offset wins all the same; the inbox
 * drops what comes twice. Call it when `findGaps` has found nothing.
 */
export function startPositions({ bounds, committed, stored }: KnownOffsets): StartPosition[] {
  const inBroker = byPlace(committed);
  const inDatabase = stored === undefined ? inBroker : byPlace(stored);
  return bounds.map(({ topic, partition, low }) => {
    const place = placeOf({ topic, partition });
    const byItself = inBroker.get(place) ?? low;
    const wanted = smaller(inDatabase.get(place) ?? low, byItself);
    const offset = BigInt(wanted) < BigInt(low) ? low : wanted;
    return { topic, partition, offset, isMoved: offset !== byItself };
  });
}

export function placeOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}

function byPlace(offsets: readonly PartitionOffset[]): Map<string, string> {
  return new Map(offsets.map((one) => [placeOf(one), one.offset]));
}

function smaller(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? one : other;
}
