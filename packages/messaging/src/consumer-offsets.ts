import { insertRows } from '@florin/database';
import type { Knex } from 'knex';
import type { MessageBatch, PartitionOffset } from './broker.ts';
import { offsetsTable } from './messaging-tables.ts';

/**
 * Stores the next offset of each partition, in the transaction of the effects. These offsets are authoritative; the offsets committed
 * at the broker follow them. They never decrease, because a consumer that was taken for dead may still commit.
 */
export async function saveOffsets(
  trx: Knex.Transaction,
  consumer: string,
  batches: readonly Pick<MessageBatch, 'topic' | 'partition' | 'messages'>[],
): Promise<void> {
  const next = batches.flatMap(({ topic, partition, messages }) => {
    const last = messages.at(-1);
    return last === undefined ? [] : [{ topic, partition, offset: (BigInt(last.offset) + 1n).toString() }];
  });
  if (next.length === 0) return;
  // In key order, so that two consumers of one group cannot deadlock.
  const sorted = next.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  await insertRows(
    trx,
    offsetsTable,
    sorted.map(({ topic, partition, offset }) => ({ consumer, topic, partitionId: partition, nextOffset: offset })),
    { onDuplicateKey: 'next_offset = GREATEST(next_offset, VALUES(next_offset))' },
  );
}

/** Reads the next offset of each partition from which the consumer has handled messages. */
export async function readOffsets(db: Knex, consumer: string): Promise<PartitionOffset[]> {
  const rows: { topic: string; partition_id: number; next_offset: number | string }[] = await db('consumer_offsets')
    .where({ consumer })
    .orderBy(['topic', 'partition_id']);
  return rows.map(({ topic, partition_id, next_offset }) => ({ topic, partition: partition_id, offset: String(next_offset) }));
}
