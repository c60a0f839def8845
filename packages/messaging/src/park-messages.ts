import { insertRows, newId, query } from '@florin/database';
import type { Knex } from 'knex';
import type { Message } from './broker.ts';
import { causeOf } from './is-poison.ts';
import { deadLettersTable, quarantinedTable } from './messaging-tables.ts';

/** A message for `dead_letters`: dead, with the error that was thrown, or parked behind a dead message of its key. */
export type FailedMessage = { topic: string; partition: number; message: Message; error?: unknown };

const MAX_REASON_LENGTH = 1000;

/** Finds the keys that have a dead message, and locks their rows, so that a replay cannot end a quarantine meanwhile. */
export async function lockQuarantined(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await query<{ message_key: Buffer }>(
    trx,
    'SELECT message_key FROM quarantined WHERE consumer = ? AND message_key IN (?) ORDER BY message_key FOR UPDATE',
    [consumer, keys],
  );
  return new Set(rows.map(({ message_key }) => message_key.toString('latin1')));
}

/** Finds the keys whose messages are parked behind a dead one. Reads without a lock. */
export async function findParkedKeys(db: Knex, consumer: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await query<{ message_key: Buffer }>(
    db,
    'SELECT message_key FROM quarantined WHERE consumer = ? AND message_key IN (?)',
    [consumer, keys.map((key) => Buffer.from(key))],
  );
  return new Set(rows.map(({ message_key }) => message_key.toString()));
}

/** Writes messages to `dead_letters`, once each and in order, and quarantines the keys of dead ones. */
export async function parkMessages(trx: Knex.Transaction, consumer: string, messages: readonly FailedMessage[]): Promise<void> {
  await insertDeadLetters(trx, consumer, messages);
  const keys = messages.flatMap(({ message, error }) => (error === undefined || message.key === null ? [] : [message.key]));
  await quarantineKeys(trx, consumer, keys);
}

/** Writes messages to `dead_letters`, once each and in order. Quarantines no key. */
export async function insertDeadLetters(
  trx: Knex.Transaction,
  consumer: string,
  messages: readonly FailedMessage[],
): Promise<void> {
  const rows = messages.map(({ topic, partition, message, error }) => ({
    id: newId(),
    consumer,
    status: error === undefined ? ('parked' as const) : ('dead' as const),
    topic,
    partitionId: partition,
    messageOffset: message.offset,
    messageKey: message.key,
    value: message.value,
    cause: error === undefined ? null : causeOf(error),
    reason: error === undefined ? null : reasonOf(error),
  }));
  await insertRows(trx, deadLettersTable, rows, { onDuplicateKey: 'dead_letters.id = dead_letters.id' });
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON_LENGTH);
}

async function quarantineKeys(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<void> {
  await insertRows(
    trx,
    quarantinedTable,
    keys.map((messageKey) => ({ consumer, messageKey })),
    { onDuplicateKey: 'quarantined.consumer = quarantined.consumer' },
  );
}
