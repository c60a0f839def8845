import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { saveOffsets } from './consumer-offsets.ts';
import { causeOf } from './event-fault.ts';
import { type SetAside, setAside } from './quarantine.ts';

const MOST_OF_ONE_CAUSE = 10;
const WINDOW_S = 60;

/** So many messages died of one cause that it is a release gone wrong, and not they that are poisonous. */
export class TooManyDeadLetters extends Error {
  override readonly name = 'TooManyDeadLetters';
}

/**
 * Gives a message up: it goes to `dead_letters`, later ones of its key will wait behind it, and the consumer goes past it.
 *
 * @throws TooManyDeadLetters when as many as are allowed died of the same cause within the last minute; then nothing is written
 */
export async function condemnMessage(trx: Knex.Transaction, consumer: string, letter: SetAside): Promise<void> {
  const cause = causeOf(letter.error);
  if ((await countRecent(trx, consumer, cause)) >= MOST_OF_ONE_CAUSE) {
    throw new TooManyDeadLetters(`${MOST_OF_ONE_CAUSE} dead letters of one cause within ${WINDOW_S} s: ${cause}`);
  }
  await setAside(trx, consumer, [letter]);
  await saveOffsets(trx, consumer, [{ topic: letter.topic, partition: letter.partition, messages: [letter.message] }]);
}

async function countRecent(trx: Knex.Transaction, consumer: string, cause: string): Promise<number> {
  const { letters } = await queryOne<{ letters: number }>(
    trx,
    // Not those that a clock that was ahead has dated to a time to come, which would count for as long.
    `SELECT COUNT(*) AS letters FROM dead_letters
      WHERE consumer = ? AND cause = ? AND created_at BETWEEN NOW(3) - INTERVAL ? SECOND AND NOW(3) + INTERVAL ? SECOND`,
    [consumer, cause, WINDOW_S, WINDOW_S],
  );
  return letters;
}
