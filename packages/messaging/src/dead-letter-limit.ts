import { queryOne } from '@florin/database';
import type { Knex } from 'knex';

export const DEFAULT_MAX_DEAD_LETTERS = 10_000;

/** A consumer has its maximum of dead and parked messages. The partition waits until an operator has replayed or dropped some. */
export class DeadLettersFull extends Error {
  override readonly name = 'DeadLettersFull';
}

/**
 * Checks that a consumer may keep more dead and parked messages. Transactions that run at the same time do not see each other's
 * rows: together they can exceed the maximum by one batch each.
 *
 * @throws DeadLettersFull
 */
export async function requireDeadLetterRoom(
  trx: Knex.Transaction,
  consumer: string,
  { adding, max = DEFAULT_MAX_DEAD_LETTERS }: { adding: number; max: number | undefined },
): Promise<void> {
  if (adding === 0) return;
  const { kept } = await queryOne<{ kept: number }>(
    trx,
    'SELECT COUNT(*) AS kept FROM (SELECT 1 FROM dead_letters WHERE consumer = ? LIMIT ?) AS some',
    [consumer, max],
  );
  if (kept + adding <= max) return;
  throw new DeadLettersFull(
    `dead and parked messages: ${kept}, with the next ${kept + adding}; the maximum is ${max} (DEAD_LETTERS_MAX_ROWS)`,
  );
}
