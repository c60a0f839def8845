import type { Knex } from 'knex';
import type { Broker } from './broker.ts';

export type StoredOffset = { topic: string; partition: number; offset: string };

/**
 * After a database was restored from a back-up: makes its consumer go on from the offsets that lie in it, written with the
 * effects of what came before them. What the consumer gets again and has had before, its inbox drops.
 *
 * @param consumer the consumer group, `florin.<service>`; it must have no members, so stop the service's instances first
 * @param starts where the partitions begin that it hears: of those that nothing is stored for, it has had nothing
 * @returns the offsets set
 */
export async function resetToStoredOffsets(
  db: Knex,
  broker: Broker,
  { consumer, starts }: { consumer: string; starts: readonly StoredOffset[] },
): Promise<StoredOffset[]> {
  const rows: { topic: string; partition_id: number; next_offset: number }[] = await db('consumer_offsets')
    .where({ consumer })
    .orderBy(['topic', 'partition_id']);
  const stored = rows.map(({ topic, partition_id, next_offset }) => ({
    topic,
    partition: partition_id,
    offset: String(next_offset),
  }));
  const isStored = (place: StoredOffset): boolean =>
    stored.some(({ topic, partition }) => topic === place.topic && partition === place.partition);
  const offsets = [...stored, ...starts.filter((place) => !isStored(place))];
  await broker.resetOffsets(consumer, offsets);
  return offsets;
}
