import type { Knex } from 'knex';
import type { MessageBatch } from './broker.ts';

/**
 * Notes, in the transaction of the effects, where the consumer would go on: after the database is restored from a back-up the
 * group can be set back to this. Never backwards: a consumer that was thought dead may come late.
 */
export async function saveOffset(
  trx: Knex.Transaction,
  consumer: string,
  { topic, partition, messages }: Pick<MessageBatch, 'topic' | 'partition' | 'messages'>,
): Promise<void> {
  const last = messages.at(-1);
  if (last === undefined) return;
  await trx.raw(
    `INSERT INTO consumer_offsets (consumer, topic, partition_id, next_offset) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE next_offset = GREATEST(next_offset, VALUES(next_offset))`,
    [consumer, topic, partition, (BigInt(last.offset) + 1n).toString()],
  );
}
