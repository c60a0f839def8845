import type { Knex } from 'knex';
import type { Broker } from './broker.ts';

export type StoredOffset = { topic: string; partition: number; offset: string };

/**
 * After a database was restored from a back-up: makes its consumer go on from the offsets that lie in it, written with the
 * effects of what came before them. What the consumer gets again and has had before, its inbox drops.
 *
 * @param consumer the consumer group, `florin.<service>`; it must have no members, so stop the service's instances first
 * @returns the offsets set
 */
export async function resetToStoredOffsets(db: Knex, broker: Broker, consumer: string): Promise<StoredOffset[]> {
  const rows: { topic: string; partition_id: number; next_offset: number }[] = await db('consumer_offsets')
    .where({ consumer })
    .orderBy(['topic', 'partition_id']);
  const offsets = rows.map(({ topic, partition_id, next_offset }) => ({
    topic,
    partition: partition_id,
    offset: String(next_offset),
  }));
  await broker.resetOffsets(consumer, offsets);
  return offsets;
}
