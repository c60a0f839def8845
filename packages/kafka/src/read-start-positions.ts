import {
  findGaps,
  OffsetGapError,
  type PartitionBounds,
  type PartitionOffset,
  placeOf,
  type StartPosition,
  startPositions,
} from '@florin/messaging';

export type OffsetReader = {
  group: string;
  /** Reads the current range of each partition. */
  bounds(): Promise<readonly PartitionBounds[]>;
  /** Reads the offsets that the group has committed. */
  committed(): Promise<readonly PartitionOffset[]>;
  storedOffsets?: (() => Promise<readonly PartitionOffset[]>) | undefined;
};

/**
 * Reads the start position of each partition of a group's topics.
 *
 * Reads the first offsets before the stored offsets, and the ends after them. Both only grow, so another instance that works
 * meanwhile cannot make a gap appear.
 *
 * @throws OffsetGapError if a stored offset is outside its partition
 */
export async function readStartPositions(reader: OffsetReader): Promise<StartPosition[]> {
  const before = await reader.bounds();
  const committed = await reader.committed();
  const stored = await reader.storedOffsets?.();
  const ends = new Map((await reader.bounds()).map((one) => [placeOf(one), one.high]));
  const bounds = before.map((one) => ({ ...one, high: ends.get(placeOf(one)) ?? one.high }));
  const gaps = findGaps(stored ?? committed, bounds);
  if (gaps.length > 0) throw new OffsetGapError(reader.group, gaps);
  return startPositions({ bounds, committed, stored });
}
