import type { Knex } from 'knex';
import type { MessageBatch } from './broker.ts';

/**
 * Notes, in the transaction of the effects, where the consumer would go on in each partition: after the database is restored
 * from a back-up the group can be set back to this. Never backwards: a consumer that was thought dead may come late.
 */
export async function saveOffsets(
  trx: Knex.Transaction,
  consumer: string,
  pieces: readonly Pick<MessageBatch, 'topic' | 'partition' | 'messages'>[],
): Promise<void> {
  const next = pieces.flatMap(({ topic, partition, messages }) => {
    const last = messages.at(-1);
    return last === undefined ? [] : [{ topic, partition, offset: (BigInt(last.offset) + 1n).toString() }];
  });
  if (next.length === 0) return;
  // In key order, so that two consumers of one group cannot wait for each other in a circle.
  const sorted = next.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  await trx.raw(
    `INSERT INTO consumer_offsets (consumer, topic, partition_id, next_offset) VALUES ${sorted.map(() => '(?, ?, ?, ?)').join(', ')}
     ON DUPLICATE KEY UPDATE next_offset = GREATEST(next_offset, VALUES(next_offset))`,
    sorted.flatMap(({ topic, partition, offset }) => [consumer, topic, partition, offset]),
  );
}
