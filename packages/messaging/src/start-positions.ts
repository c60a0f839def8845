import type { PartitionBounds, PartitionOffset } from './broker.ts';

/** Messages that a consumer can no longer read: from `from` up to, but not including, `to`. */
export type OffsetGap = { topic: string; partition: number; from: string; to: string };

/** Messages are missing. The consumer does not continue until an operator accepts the gap. */
export class OffsetGapError extends Error {
  override readonly name = 'OffsetGapError';
  readonly gaps: readonly OffsetGap[];

  constructor(consumer: string, gaps: readonly OffsetGap[]) {
    super(
      `${consumer} cannot continue, offset out of range: ${gaps.map(describeGap).join('; ')}. To continue anyway, stop its instances and run: npm run offsets:reset -- --accept-gap`,
    );
    this.gaps = gaps;
  }
}

/** Describes a gap for an operator. */
export function describeGap({ topic, partition, from, to }: OffsetGap): string {
  const place = `${topic}/${partition}`;
  return BigInt(from) < BigInt(to)
    ? `${place}: offsets ${from} to ${BigInt(to) - 1n} were deleted before they were read`
    : `${place}: the next offset is ${from}, but the topic ends at ${to} (it was created anew, or its broker was restored)`;
}

/**
 * Finds the partitions whose stored offset is outside the partition: below its first message, beyond its end, or in a partition
 * that no longer exists.
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
  /** The offsets committed at the broker. */
  committed: readonly PartitionOffset[];
  /** The offsets in the consumer's database; undefined for consumers without a database. */
  stored?: readonly PartitionOffset[] | undefined;
};

export type StartPosition = PartitionOffset & {
  /** Whether the client library would start elsewhere by default. */
  isMoved: boolean;
};

/**
 * Decides the start position of each partition. The database is authoritative, because its offsets are committed with the
 * effects. A partition without a stored offset has had no effects and starts at its first message. A lower offset committed at
 * the broker still takes precedence; the inbox drops repeated messages. Call it only if `findGaps` finds nothing.
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
