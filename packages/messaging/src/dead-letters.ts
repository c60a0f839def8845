import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import { firstOf, idBytes, idText, runTransaction } from '@florin/database';
import type { Event } from '@florin/events';
import { type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { causeOf, FOREIGN, isEventsFault } from './event-fault.ts';
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
  cause: string | null;
  reason: string | null;
  attempts: number;
  created_at: Date;
};

/** Which letter, and the admin who sees to it. */
export type Order = { id: string; actorId: string | null };

const deadLetterErrors = defineErrors({
  DEAD_LETTER_STILL_FAILS: { status: 409, title: 'The dead letter still cannot be handled' },
  DEAD_LETTER_PARKED: { status: 409, title: 'The letter only waits behind a dead one' },
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
  const row = await firstOf<DeadLetterRow>(db('dead_letters').where({ consumer, id: idBytes(id) }));
  if (row === undefined) throw letterMissing(id);
  return row;
}

/**
 * Handles a dead letter again, and then all that waits behind it, in the order in which they came; the key's quarantine ends in
 * the transaction that finds nothing left. Each letter is handled through the inbox, so that replaying twice does nothing twice.
 *
 * @returns how many were handled
 * @throws AppError NOT_FOUND, or DEAD_LETTER_STILL_FAILS when one of them fails again: it and what follows stay
 */
export async function replayDeadLetter(options: HandleOptions, { id, actorId }: Order): Promise<number> {
  const key = keyBehind(await readDeadLetter(options.db, options.consumer, id));
  for (let replayed = 0; ; replayed++) {
    const settled = await replayNext(options, { id, key, actorId });
    if (settled === undefined) return replayed;
    options.onCommitted(settled);
    if (key === null) return replayed + 1;
  }
}

export type DropOrder = Order & {
  /** Also a letter that is parked: nothing is wrong with the event in it, and what it asks for will not happen. */
  isForced?: boolean;
};

/**
 * Gives a letter up for good. What waits behind it stays until it is replayed or dropped in its turn.
 *
 * @throws AppError NOT_FOUND, or DEAD_LETTER_PARKED
 */
export async function dropDeadLetter(
  trx: Knex.Transaction,
  consumer: string,
  { id, actorId, isForced = false }: DropOrder,
): Promise<void> {
  const letter = await readDeadLetter(trx, consumer, id);
  if (letter.status === 'parked' && !isForced) {
    throw new AppError(deadLetterErrors.DEAD_LETTER_PARKED, {
      detail: 'Nothing is wrong with its event. Replay it, or say force=true to drop it for good.',
    });
  }
  const { arrival } = letter;
  const key = keyBehind(letter);
  if (key !== null) await lockKey(trx, consumer, key);
  if ((await trx('dead_letters').where({ arrival }).delete()) === 0) throw letterMissing(id);
  await noteAction(trx, letter, { action: 'dead-letter.drop', actorId, after: null });
  if (key !== null && (await nextOf(trx, consumer, key)) === undefined) await endQuarantine(trx, consumer, key);
}

function letterMissing(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no dead letter ${id}.` });
}

/** The key whose letters wait for this one; a foreign message keeps nothing waiting. */
function keyBehind({ cause, message_key: key }: DeadLetterRow): Buffer | null {
  return cause === FOREIGN ? null : key;
}

type Target = Order & { key: Buffer | null };

/** @returns what took effect, or undefined when nothing was left */
async function replayNext(options: HandleOptions, { id, key, actorId }: Target): Promise<Event[] | undefined> {
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
        await noteAction(trx, failed, { action: 'dead-letter.replay', actorId, after: null });
        return settled;
      },
      isInboxConflict,
    );
  } catch (error) {
    if (failed === undefined || !isEventsFault(error)) throw error;
    const letter = failed;
    await runTransaction(db, (trx) => noteFailure(trx, letter, { error, actorId }));
    throw new AppError(deadLetterErrors.DEAD_LETTER_STILL_FAILS, {
      detail: `${idText(failed.id)}: ${reasonOf(error)}`,
      cause: error,
    });
  }
}

async function noteFailure(
  trx: Knex.Transaction,
  letter: DeadLetterRow,
  { error, actorId }: { error: unknown; actorId: string | null },
): Promise<void> {
  const after = { status: 'dead', reason: reasonOf(error) };
  const { arrival } = letter;
  await trx('dead_letters')
    .where({ arrival })
    .update({ ...after, cause: causeOf(error), attempts: trx.raw('attempts + 1') });
  await noteAction(trx, letter, { action: 'dead-letter.replay', actorId, after });
}

type Action = { action: string; actorId: string | null; after: object | null };

/** In the audit log: which message it was, and what became of it (`null`: it is a dead letter no more). */
async function noteAction(trx: Knex.Transaction, letter: DeadLetterRow, { action, actorId, after }: Action): Promise<void> {
  const { id, status, topic, partition_id: partition, message_offset: offset, message_key: key, reason } = letter;
  const before = { status, topic, partition, offset: String(offset), key: key?.toString() ?? null, reason };
  await appendAuditEntry(trx, { actorId, action, subject: idText(id), before, after });
}

async function nextOf(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<DeadLetterRow | undefined> {
  return firstOf<DeadLetterRow>(
    trx('dead_letters')
      .where({ consumer, message_key: key })
      .whereRaw('(cause IS NULL OR cause <> ?)', [FOREIGN])
      .orderBy('arrival'),
  );
}

/** Both the consumer and a replay lock it, so that nothing parks behind a quarantine that is just ending. */
async function lockKey(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).forUpdate().first();
}

async function endQuarantine(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).delete();
}
