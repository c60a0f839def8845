import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { ForeignMessage, ForgedEvent } from './is-poison.ts';
import { type FailedMessage, insertDeadLetters } from './park-messages.ts';

/** Maximum number of messages of each kind that are kept for one consumer. Further ones are counted only. */
const MAX_KEPT = 100;
/** Enough for an operator to recognise where a message comes from. */
const MAX_VALUE_BYTES = 16 * 1024;

export type RejectedMessage = FailedMessage & { error: ForeignMessage | ForgedEvent };

/**
 * Keeps the first foreign messages and the first forged events in `dead_letters`, for an operator to look at. They quarantine no
 * key: later messages with the same key come from other producers and do not depend on them. They never stop a consumer.
 */
export async function keepRejected(trx: Knex.Transaction, consumer: string, rejected: readonly RejectedMessage[]): Promise<void> {
  for (const Kind of [ForeignMessage, ForgedEvent]) {
    const entries = rejected.filter(({ error }) => error instanceof Kind);
    if (entries.length === 0) continue;
    const room = MAX_KEPT - (await countKept(trx, consumer, Kind.cause));
    if (room > 0) await insertDeadLetters(trx, consumer, entries.slice(0, room).map(shorten));
  }
}

function shorten(entry: RejectedMessage): FailedMessage {
  const { message, error } = entry;
  const { value } = message;
  if (value === null || value.length <= MAX_VALUE_BYTES) return entry;
  const reason = `${error.message} The first ${MAX_VALUE_BYTES} of its ${value.length} bytes are kept.`;
  return {
    ...entry,
    message: { ...message, value: value.subarray(0, MAX_VALUE_BYTES) },
    error: error instanceof ForgedEvent ? new ForgedEvent(reason) : new ForeignMessage(reason),
  };
}

async function countKept(trx: Knex.Transaction, consumer: string, cause: string): Promise<number> {
  const { kept } = await queryOne<{ kept: number }>(
    trx,
    'SELECT COUNT(*) AS kept FROM (SELECT 1 FROM dead_letters WHERE consumer = ? AND cause = ? LIMIT ?) AS some',
    [consumer, cause, MAX_KEPT],
  );
  return kept;
}
