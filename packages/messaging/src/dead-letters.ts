import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import { firstOf, idBytes, idText, runTransaction } from '@florin/database';
import type { Event, ReceivedMessage } from '@florin/events';
import { type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { applyEvents, type HandleOptions, keyedEvent } from './handle-batch.ts';
import { isInboxConflict } from './inbox.ts';
import { causeOf, ForgedEvent, isPoison, rejectedCauses, UnknownSigningKey } from './is-poison.ts';
import { reasonOf } from './park-messages.ts';
import { verifierFor } from './signature-starts.ts';

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

/** Which message, and the admin who acts on it; `actorId` is null for an operator's command. */
export type Order = { id: string; actorId: string | null };

export const deadLetterErrors = defineErrors({
  DEAD_LETTER_STILL_FAILS: {
    status: 409,
    title: 'The message failed again',
    meaning: 'The message was processed again and failed again. `detail` has the reason.',
    action: 'Remove the cause, then replay the message.',
  },
  DEAD_LETTER_PARKED: {
    status: 409,
    title: 'The message is parked behind a dead one',
    meaning: 'The message waits behind an earlier one of the same key that failed.',
    action: 'Replay or discard the earlier message first.',
  },
});

const oldestFirst: Keyset<DeadLetterRow> = {
  name: 'oldest',
  columns: [{ column: 'arrival', direction: 'asc' }],
  keyOf: ({ arrival }) => [arrival],
};

/** Lists dead and parked messages in the order in which they arrived. */
export function listDeadLetters(db: Knex, consumer: string, request: PageRequest): Promise<Page<DeadLetterRow>> {
  return keysetPage<DeadLetterRow>(db('dead_letters').where({ consumer }), oldestFirst, request);
}

/** @throws AppError NOT_FOUND */
export async function readDeadLetter(db: Knex, consumer: string, id: string): Promise<DeadLetterRow> {
  const row = await firstOf<DeadLetterRow>(db('dead_letters').where({ consumer, id: idBytes(id) }));
  if (row === undefined) throw deadLetterNotFound(id);
  return row;
}

/**
 * Handles a dead message again, and then the messages parked behind it, in the order in which they arrived. The key's quarantine
 * ends in the transaction that finds none left. Each message goes through the inbox, so that a repeated replay has no second effect.
 *
 * @returns the number of messages that were handled
 * @throws AppError NOT_FOUND; DEAD_LETTER_STILL_FAILS when a message fails again: it and the messages after it stay
 */
export async function replayDeadLetter(options: HandleOptions, { id, actorId }: Order): Promise<number> {
  const key = keyBehind(await readDeadLetter(options.db, options.consumer, id));
  for (let replayed = 0; ; replayed++) {
    const applied = await replayNext(options, { id, key, actorId });
    if (applied === undefined) return replayed;
    options.onCommitted(applied);
    if (key === null) return replayed + 1;
  }
}

export type DropOrder = Order & {
  /** Also drops a parked message. Its event is valid, and will have no effect. */
  isForced?: boolean;
};

/**
 * Drops a message for good. Messages parked behind it stay until they are replayed or dropped.
 *
 * @throws AppError NOT_FOUND, or DEAD_LETTER_PARKED
 */
export async function dropDeadLetter(
  trx: Knex.Transaction,
  consumer: string,
  { id, actorId, isForced = false }: DropOrder,
): Promise<void> {
  const row = await readDeadLetter(trx, consumer, id);
  if (row.status === 'parked' && !isForced) {
    throw new AppError(deadLetterErrors.DEAD_LETTER_PARKED, {
      detail: 'Its event is valid. Replay it, or drop it with force=true.',
    });
  }
  const { arrival } = row;
  const key = keyBehind(row);
  if (key !== null) await lockKey(trx, consumer, key);
  if ((await trx('dead_letters').where({ arrival }).delete()) === 0) throw deadLetterNotFound(id);
  await auditAction(trx, row, { action: 'dead-letter.drop', actorId, after: null });
  if (key !== null && (await nextOf(trx, consumer, key)) === undefined) await endQuarantine(trx, consumer, key);
}

function deadLetterNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no dead letter ${id}.` });
}

/** The key that this message blocks; null for a foreign message or a forged event, which blocks none. */
function keyBehind({ cause, message_key: key }: DeadLetterRow): Buffer | null {
  return cause !== null && rejectedCauses.includes(cause) ? null : key;
}

type Target = Order & { key: Buffer | null };

/** @returns the events that took effect, or undefined when no message is left */
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
        const verify = await verifierFor(trx, options.signatures, [failed]);
        const applied = await applyEvents(trx, options, [keyedEvent(messageOf(failed), verify)]);
        await trx('dead_letters').where({ arrival: failed.arrival }).delete();
        await auditAction(trx, failed, { action: 'dead-letter.replay', actorId, after: null });
        return applied;
      },
      isInboxConflict,
    );
  } catch (error) {
    if (error instanceof UnknownSigningKey)
      throw new AppError(requestErrors.UNAVAILABLE, { detail: error.message, cause: error });
    if (failed === undefined || !isPoison(error)) throw error;
    const row = failed;
    await runTransaction(db, (trx) => recordFailure(trx, row, { error, actorId }));
    throw new AppError(deadLetterErrors.DEAD_LETTER_STILL_FAILS, {
      detail: `${idText(failed.id)}: ${reasonOf(error)}`,
      cause: error,
    });
  }
}

function messageOf({ topic, partition_id, message_offset, message_key, value }: DeadLetterRow): ReceivedMessage {
  return { topic, partition: partition_id, offset: String(message_offset), key: message_key, value };
}

async function recordFailure(
  trx: Knex.Transaction,
  row: DeadLetterRow,
  { error, actorId }: { error: unknown; actorId: string | null },
): Promise<void> {
  const after = { status: 'dead', reason: reasonOf(error) };
  const { arrival } = row;
  await trx('dead_letters')
    .where({ arrival })
    .update({ ...after, cause: causeOfReplay(row, error), attempts: trx.raw('attempts + 1') });
  await auditAction(trx, row, { action: 'dead-letter.replay', actorId, after });
}

/** An event that was genuine when it arrived still blocks its key when its signing key has expired since. */
function causeOfReplay({ cause }: DeadLetterRow, error: unknown): string {
  return error instanceof ForgedEvent && cause !== ForgedEvent.cause ? 'InvalidSignature' : causeOf(error);
}

type Action = { action: string; actorId: string | null; after: object | null };

/** Writes the message and its state afterwards to the audit log; null: it is no longer a dead letter. */
async function auditAction(trx: Knex.Transaction, row: DeadLetterRow, { action, actorId, after }: Action): Promise<void> {
  const { id, status, topic, partition_id: partition, message_offset: offset, message_key: key, reason } = row;
  const before = { status, topic, partition, offset: String(offset), key: key?.toString() ?? null, reason };
  await appendAuditEntry(trx, { actorId, action, subject: idText(id), before, after });
}

async function nextOf(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<DeadLetterRow | undefined> {
  return firstOf<DeadLetterRow>(
    trx('dead_letters')
      .where({ consumer, message_key: key })
      .whereRaw(`(cause IS NULL OR cause NOT IN (${rejectedCauses.map(() => '?').join(', ')}))`, [...rejectedCauses])
      .orderBy('arrival'),
  );
}

/** Locks a key's quarantine, as the consumer does, so that no message is parked while a replay ends the quarantine. */
async function lockKey(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).forUpdate().first();
}

async function endQuarantine(trx: Knex.Transaction, consumer: string, key: Buffer): Promise<void> {
  await trx('quarantined').where({ consumer, message_key: key }).delete();
}
