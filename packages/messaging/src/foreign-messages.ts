import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { FOREIGN, ForeignMessage } from './is-poison.ts';
import { type FailedMessage, insertDeadLetters } from './park-messages.ts';

/** Maximum number of foreign messages kept for one consumer. Further ones are counted only. */
const MAX_KEPT = 100;
/** Enough for an operator to recognise where a message comes from. */
const MAX_VALUE_BYTES = 16 * 1024;

export type ForeignEntry = FailedMessage & { reason: string };

/**
 * Keeps the first foreign messages (see `ForeignMessage`) in `dead_letters`, for an operator to look at. They quarantine no key:
 * later messages with the same key come from other producers and do not depend on them. They never stop a consumer.
 */
export async function keepForeign(trx: Knex.Transaction, consumer: string, entries: readonly ForeignEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const room = MAX_KEPT - (await countKept(trx, consumer));
  if (room > 0) await insertDeadLetters(trx, consumer, entries.slice(0, room).map(shorten));
}

function shorten({ reason, ...entry }: ForeignEntry): FailedMessage {
  const { value } = entry.message;
  if (value === null || value.length <= MAX_VALUE_BYTES) return { ...entry, error: new ForeignMessage(reason) };
  return {
    ...entry,
    message: { ...entry.message, value: value.subarray(0, MAX_VALUE_BYTES) },
    error: new ForeignMessage(`${reason} The first ${MAX_VALUE_BYTES} of its ${value.length} bytes are kept.`),
  };
}

async function countKept(trx: Knex.Transaction, consumer: string): Promise<number> {
  const { kept } = await queryOne<{ kept: number }>(
    trx,
    'SELECT COUNT(*) AS kept FROM (SELECT 1 FROM dead_letters WHERE consumer = ? AND cause = ? LIMIT ?) AS some',
    [consumer, FOREIGN, MAX_KEPT],
  );
  return kept;
}
