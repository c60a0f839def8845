import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import type { Event } from '@florin/events';
import { type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText, runTransaction } from '@florin/runtime';
import type { Knex } from 'knex';
import { causeOf, isEventsFault } from './event-fault.ts';
import { type HandleOptions, keyedEvent, settleEvents } from './handle-batch.ts';
import { isInboxConflict } from './inbox.ts';
import { reasonOf } from './quarantine.ts';

export type DeadLetterRow = {
  arrival: number;
  id: Buffer;
  status: 'dead' | 'parked';
  topic: string;
  partition_id: number;
  message_offset: number;
  message_key: Buffer | null;
  value: Buffer | null;
  reason: string | null;
  attempts: number;
  created_at: Date;
};

const deadLetterErrors = defineErrors({
  DEAD_LETTER_STILL_FAILS: { status: 409, title: 'The dead letter still cannot be handled' },
});

const oldestFirst: Keyset<DeadLetterRow> = {
  name: 'oldest',
  columns: [{ column: 'arrival', direction: 'asc' }],
  keyOf: ({ arrival }) => [arrival],
};

/** In the order in which they came. */
export function listDeadLetters(db: Knex, consumer: string, request: PageRequest): Promise<Page<DeadLetterRow>> {
  return keysetPage<DeadLetterRow>(db('dead_letters').where({ consumer }), oldestFirst, request);
}

/** @throws AppError NOT_FOUND */
export async function readDeadLetter(db: Knex, consumer: string, id: string): Promise<DeadLetterRow> {
  const row = (await db('dead_letters')
    .where({ consumer, id: idBytes(id) })
    .first()) as DeadLetterRow | undefined;
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no dead letter ${id}.` });
  return row;
}

/**
 * Handles a dead letter again, and then all that waits behind it, in the order in which they came; the key's quarantine ends in
 * the transaction that finds nothing left. Each letter is handled through the inbox, so that replaying twice does nothing twice.
 *
 * @returns how many were handled
 * @throws AppError NOT_FOUND, or DEAD_LETTER_STILL_FAILS when one of them fails again: it and what follows stay
 */
export async function replayDeadLetter(options: HandleOptions, id: string): Promise<number> {
  const { message_key: key } = await readDeadLetter(options.db, options.consumer, id);
  for (let replayed = 0; ; replayed++) {
    const settled = await replayNext(options, { id, key });
    if (settled === undefined) return replayed;
    options.onCommitted(settled);
    if (key === null) return replayed + 1;
  }
}

/**
 * Gives a letter up for good. What waits behind it stays until it is replayed or dropped in its turn.
 *
 * @throws AppError NOT_FOUND
 */
export async function dropDeadLetter(trx: Knex.Transaction, consumer: string, id: string): Promise<void> {
  const { message_key: key, arrival } = await readDeadLetter(trx, consumer, id);
  if (key !== null) await lockKey(trx, consumer, key);
  await trx('dead_letters').where({ arrival }).delete();
  if (key !== null && (await nextOf(trx, consumer, key)) === undefined) await endQuarantine(trx, consumer, key);
}

type Target = { id: string; key: Buffer | null };

/** @returns what took effect, or undefined when nothing was left */
async function replayNext(options: HandleOptions, { id, key }: Target): Promise<Event[] | undefined> {
  const { db, consumer } = options;
  let failed: DeadLetterRow | undefined;
  try {
    return await runTransaction(
      db,
      async (trx) => {
        if (key !== null) await lockKey(trx, consumer, key);
        failed = key === null ? await readDeadLetter(trx, consumer, id) : await nextOf(trx, consumer, key);
        if (failed === undefined) {
          if (key !== null) await endQuarantine(trx, consumer, key);
          return undefined;
        }
        const message = { key: failed.message_key, value: failed.value, offset: String(failed.message_offset), headers: {} };
        const settled = await settleEvents(trx, options, [keyedEvent(message)]);
        await trx('dead_letters').where({ arrival: failed.arrival }).delete();
        return settled;
      },
      isInboxConflict,
    );
  } catch (error) {
    if (failed === undefined || !isEventsFault(error)) throw error;
    await noteFailure(db, failed, error);
    throw new AppError(deadLetterErrors.DEAD_LETTER_STILL_FAILS, {
      detail: `${idText(failed.id)}: ${reasonOf(error)}`,
      cause: error,
    });
  }
}

async function noteFailure(db: Knex, { arrival }: DeadLetterRow, error: unknown): Promise<void> {
  await db('dead_letters')
    .where({ arrival })
    .update({ status: 'dead', cause: causeOf(error), reason: reasonOf(error), attempts: db.raw('attempts + 1') });
}

async function nextOf(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<DeadLetterRow | undefined> {
  return (await trx('dead_letters').where({ consumer, message_key: key }).orderBy('arrival').first()) as
    | DeadLetterRow
    | undefined;
}

/** Both the consumer and a replay lock it, so that nothing parks behind a quarantine that is just ending. */
async function lockKey(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).forUpdate().first();
}

async function endQuarantine(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).delete();
}
