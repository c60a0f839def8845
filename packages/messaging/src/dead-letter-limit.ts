import { query, queryOne } from '@florin/database';
import type { Knex } from 'knex';

export const DEFAULT_MAX_DEAD_LETTERS = 10_000;

/** A consumer has its maximum of dead and parked messages. The partition waits until an operator has replayed or dropped some. */
export class DeadLettersFull extends Error {
  override readonly name = 'DeadLettersFull';
}

/**
 * Checks that the consumer keeps no more dead and parked messages than its maximum, counting those that this transaction has
 * written. Call it last. It waits for other transactions of the consumer that have written such messages, so that together they
 * cannot exceed the maximum either: they lock the same row, the first of the consumer's offsets.
 *
 * @throws DeadLettersFull
 */
export async function requireDeadLetterRoom(
  trx: Knex.Transaction,
  consumer: string,
  max = DEFAULT_MAX_DEAD_LETTERS,
): Promise<void> {
  await query(
    trx,
    'SELECT next_offset FROM consumer_offsets WHERE consumer = ? ORDER BY consumer, topic, partition_id LIMIT 1 FOR UPDATE',
    [consumer],
  );
  const { kept } = await queryOne<{ kept: number }>(
    trx,
    'SELECT COUNT(*) AS kept FROM (SELECT 1 FROM dead_letters WHERE consumer = ? LIMIT ?) AS some',
    [consumer, max + 1],
  );
  if (kept > max)
    throw new DeadLettersFull(`dead and parked messages: the next would exceed the maximum of ${max} (DEAD_LETTERS_MAX_ROWS)`);
}
