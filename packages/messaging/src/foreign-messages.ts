import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { FOREIGN, ForeignMessage } from './event-fault.ts';
import { insertLetters, type SetAside } from './quarantine.ts';

/** Of one consumer. More are counted, but not kept: they tell an operator nothing new. */
const MAX_LETTERS = 100;
/** What an operator needs to recognise where a message comes from. */
const MAX_VALUE_BYTES = 16 * 1024;

export type ForeignLetter = SetAside & { reason: string };

/**
 * Keeps the first messages that no producer of ours can have made as dead letters, for an operator to look at. They park nothing:
 * what follows with the same key was not made by whoever made them, and needs nothing of theirs. However many come, the table has
 * a bound and they stop no consumer.
 */
export async function keepForeign(trx: Knex.Transaction, consumer: string, letters: readonly ForeignLetter[]): Promise<void> {
  if (letters.length === 0) return;
  const room = MAX_LETTERS - (await countKept(trx, consumer));
  if (room > 0) await insertLetters(trx, consumer, letters.slice(0, room).map(shorten));
}

function shorten({ reason, ...letter }: ForeignLetter): SetAside {
  const { value } = letter.message;
  if (value === null || value.length <= MAX_VALUE_BYTES) return { ...letter, error: new ForeignMessage(reason) };
  return {
    ...letter,
    message: { ...letter.message, value: value.subarray(0, MAX_VALUE_BYTES) },
    error: new ForeignMessage(`${reason} The first ${MAX_VALUE_BYTES} of its ${value.length} bytes are kept.`),
  };
}

async function countKept(trx: Knex.Transaction, consumer: string): Promise<number> {
  const { letters } = await queryOne<{ letters: number }>(
    trx,
    'SELECT COUNT(*) AS letters FROM (SELECT 1 FROM dead_letters WHERE consumer = ? AND cause = ? LIMIT ?) AS kept',
    [consumer, FOREIGN, MAX_LETTERS],
  );
  return letters;
}
