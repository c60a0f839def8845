import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { saveOffsets } from './consumer-offsets.ts';
import { causeOf } from './is-poison.ts';
import { type FailedMessage, parkMessages } from './park-messages.ts';

const MAX_OF_ONE_CAUSE = 10;
const WINDOW_S = 60;

/** Too many messages failed for one cause: a faulty release is more likely than poison messages. */
export class TooManyDeadLetters extends Error {
  override readonly name = 'TooManyDeadLetters';
}

/**
 * Dead-letters a message: it goes to `dead_letters`, its key is quarantined, and the consumer's offset moves past it.
 *
 * @throws TooManyDeadLetters when 10 messages failed for the same cause within the last minute; then nothing is written
 */
export async function deadLetterMessage(trx: Knex.Transaction, consumer: string, failed: FailedMessage): Promise<void> {
  const cause = causeOf(failed.error);
  if ((await countRecent(trx, consumer, cause)) >= MAX_OF_ONE_CAUSE) {
    throw new TooManyDeadLetters(`${MAX_OF_ONE_CAUSE} dead letters of one cause within ${WINDOW_S} s: ${cause}`);
  }
  await parkMessages(trx, consumer, [failed]);
  await saveOffsets(trx, consumer, [{ topic: failed.topic, partition: failed.partition, messages: [failed.message] }]);
}

async function countRecent(trx: Knex.Transaction, consumer: string, cause: string): Promise<number> {
  const { dead } = await queryOne<{ dead: number }>(
    trx,
    // The upper bound leaves out rows with a future time, which a fast clock wrote.
    `SELECT COUNT(*) AS dead FROM dead_letters
      WHERE consumer = ? AND cause = ? AND created_at BETWEEN NOW(3) - INTERVAL ? SECOND AND NOW(3) + INTERVAL ? SECOND`,
    [consumer, cause, WINDOW_S, WINDOW_S],
  );
  return dead;
}
